using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Worker.Tests.Fingerprints;

/// <summary>
/// An application and its library as they are compiled by a build, but in this process and with edits of the sources. Source generators
/// don't run.
/// </summary>
internal sealed class EditedApplication
{
    private readonly CSharpCompilation _application;
    private readonly CSharpCompilation _library;
    private readonly CSharpCommandLineArguments _arguments;
    private readonly string _folder;
    private readonly MetadataReference _libraryReference;
    private readonly byte[] _libraryImage;

    private EditedApplication(CSharpCommandLineArguments arguments, string folder, CSharpCompilation application, CSharpCompilation library)
    {
        (_arguments, _folder, _application, _library) = (arguments, folder, application, library);
        _libraryReference = application.References.Single(reference =>
            reference.Display!.Contains(library.AssemblyName!, StringComparison.Ordinal));
        _libraryImage = Emit(library)!;
    }

    /// <summary>The sources that can be edited, by their path in the repository's folder of test projects.</summary>
    public IReadOnlyDictionary<string, SyntaxTree> Sources => _application.SyntaxTrees.Concat(_library.SyntaxTrees)
        .Select(tree => (Path: NameOf(tree), Tree: tree))
        .Where(source => !source.Path.Contains("/obj/", StringComparison.Ordinal))
        .OrderBy(source => source.Path, StringComparer.Ordinal)
        .ToDictionary(source => source.Path, source => source.Tree);

    /// <summary>Reads the sources and the compiler's command lines, which the build has stored.</summary>
    /// <param name="application">The application's project.</param>
    /// <param name="library">The library's project.</param>
    /// <param name="optimization">Whether the code is optimized, as in a Release build.</param>
    public static EditedApplication Read(string application, string library, OptimizationLevel optimization)
    {
        var (arguments, compilation) = Parse(application, optimization);
        return new EditedApplication(arguments, FolderOf(application), compilation, Parse(library, optimization).Compilation);
    }

    /// <summary>Compiles the application with edits.</summary>
    /// <param name="edits">The new trees of sources, by the old ones.</param>
    /// <param name="folder">The folder for both assemblies.</param>
    /// <returns>Whether it compiles.</returns>
    public bool TryWrite(IReadOnlyDictionary<SyntaxTree, SyntaxTree> edits, string folder)
    {
        var (application, library) = (_application, _libraryImage);
        foreach (var (old, edited) in edits.Where(edit => _application.ContainsSyntaxTree(edit.Key)))
            application = application.ReplaceSyntaxTree(old, edited);
        if (edits.Keys.Any(_library.ContainsSyntaxTree))
        {
            var edited = _library;
            foreach (var (old, tree) in edits.Where(edit => _library.ContainsSyntaxTree(edit.Key)))
                edited = edited.ReplaceSyntaxTree(old, tree);
            if (!edits.Values.All(tree => IsValid(edited, tree)) || Emit(edited) is not { } image)
                return false;
            library = image;
            application = application.ReplaceReference(_libraryReference, MetadataReference.CreateFromImage(image));
        }

        if (!edits.Values.All(tree => IsValid(application, tree)) || Emit(application) is not { } assembly)
            return false;
        File.WriteAllBytes(Path.Combine(folder, application.AssemblyName + ".dll"), assembly);
        File.WriteAllBytes(Path.Combine(folder, _library.AssemblyName + ".dll"), library);
        return true;
    }

    /// <summary>Whether a source has no errors, which takes less time than the whole compilation.</summary>
    private static bool IsValid(CSharpCompilation compilation, SyntaxTree tree) => !compilation.ContainsSyntaxTree(tree)
        || !compilation.GetSemanticModel(tree).GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private byte[]? Emit(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        var resources = compilation.AssemblyName == _application.AssemblyName ? _arguments.ManifestResources : [];
        return compilation.Emit(image, manifestResources: resources).Success ? image.ToArray() : null;
    }

    private static (CSharpCommandLineArguments Arguments, CSharpCompilation Compilation) Parse(
        string project, OptimizationLevel optimization)
    {
        var folder = FolderOf(project);
        var lines = File.ReadAllLines(Path.Combine(folder, "obj", Repository.Configuration, "compiler-arguments"));
        var arguments = CSharpCommandLineParser.Default.Parse(lines, folder, sdkDirectory: null);
        var trees = arguments.SourceFiles.Select(file =>
            CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(file.Path)), arguments.ParseOptions, file.Path));
        var references = arguments.MetadataReferences.Select(reference => MetadataReference.CreateFromFile(reference.Reference));
        var options = arguments.CompilationOptions.WithOptimizationLevel(optimization).WithReportSuppressedDiagnostics(false);
        return (arguments, CSharpCompilation.Create(arguments.CompilationName, trees, references, options));
    }

    private static string FolderOf(string project) => Path.Combine(Repository.Root, "tests", project);

    private string NameOf(SyntaxTree tree) => Path.GetRelativePath(Path.GetDirectoryName(_folder)!, tree.FilePath)
        .Replace(Path.DirectorySeparatorChar, '/')
        .Replace("MigrationsBuild.Worker.Fixtures.", "", false, CultureInfo.InvariantCulture);
}
