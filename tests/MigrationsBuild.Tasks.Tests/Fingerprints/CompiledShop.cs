using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using MigrationsBuild.Tasks.Fingerprints;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Tasks.Tests.Fingerprints;

/// <summary>A web application with a model, compiled in memory, and the fingerprints of its edits.</summary>
internal sealed class CompiledShop
{
    private static readonly MetadataReference[] _references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("MigrationsBuild", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly Dictionary<string, string> _sources;
    private readonly Dictionary<string, string> _resources;

    // Without a byte order mark, so that the checksum in the PDB is that of the file.
    private static readonly UTF8Encoding _encoding = new(false);

    private readonly OptimizationLevel _level;

    private CompiledShop(
        IReadOnlyDictionary<string, string> sources, IReadOnlyDictionary<string, string> resources, OptimizationLevel level) =>
        (_sources, _resources, _level) = (sources.ToDictionary(), resources.ToDictionary(), level);

    /// <summary>The application whose files <see cref="ShopSources"/> has.</summary>
    public static CompiledShop Create(OptimizationLevel level = OptimizationLevel.Debug) =>
        new(ShopSources.All, new Dictionary<string, string>(), level);

    /// <summary>What the fingerprint of the application is computed from, as <see cref="ShopSources"/> has it.</summary>
    public static IReadOnlyList<string> Original(OptimizationLevel level = OptimizationLevel.Debug) =>
        (level == OptimizationLevel.Debug ? _debug : _release).Value;

    private static readonly Lazy<IReadOnlyList<string>> _debug = new(() => Create().Trail());
    private static readonly Lazy<IReadOnlyList<string>> _release = new(() => Create(OptimizationLevel.Release).Trail());

    /// <summary>The application with another text in a file.</summary>
    public CompiledShop With(string file, string text)
    {
        var shop = new CompiledShop(_sources, _resources, _level);
        shop._sources[file] = text;
        return shop;
    }

    /// <summary>The application with one part of a file replaced.</summary>
    public CompiledShop Edit(string file, string old, string text)
    {
        Assert.Contains(old, _sources[file]);
        var at = _sources[file].IndexOf(old, StringComparison.Ordinal);
        return With(file, _sources[file][..at] + text + _sources[file][(at + old.Length)..]);
    }

    /// <summary>The application with an embedded resource.</summary>
    public CompiledShop WithResource(string name, string text)
    {
        var shop = new CompiledShop(_sources, _resources, _level);
        shop._resources[name] = text;
        return shop;
    }

    public string Fingerprint() => Trail()[^1];

    /// <summary>The types and methods that the fingerprint is computed from, each with the hash before it, and the fingerprint.</summary>
    public IReadOnlyList<string> Trail()
    {
        using var folder = new TestFolder();
        var path = folder["Shop.dll"];
        Emit(path);
        var trail = new List<string>();
        var fingerprint = ModelFingerprint.Of(path, [path], trail).Fingerprint;
        return [.. trail, fingerprint];
    }

    /// <summary>Compiles the application to a file.</summary>
    public void Emit(string path) => Emit(path, source => source, pdbPath: null);

    /// <summary>Writes the sources, and compiles the application to a file with a PDB beside it.</summary>
    public void Emit(string path, TestFolder sources)
    {
        bool IsWritten(string name) => File.Exists(sources[name]) && sources.Read(name) == _sources[name];
        foreach (var (name, text) in _sources.Where(source => !IsWritten(source.Key)))
            sources.Write(name, text);
        Emit(path, name => sources[name], Path.ChangeExtension(path, ".pdb"));
    }

    /// <summary>Compiles the application to a file with a PDB beside it, which has other paths of the sources.</summary>
    public void Emit(string path, Func<string, string> pathOf) => Emit(path, pathOf, Path.ChangeExtension(path, ".pdb"));

    private void Emit(string path, Func<string, string> pathOf, string? pdbPath)
    {
        var compilation = CSharpCompilation.Create(
            "Shop",
            _sources.Select(source => CSharpSyntaxTree.ParseText(source.Value, path: pathOf(source.Key), encoding: _encoding)),
            _references,
            new CSharpCompilationOptions(
                OutputKind.ConsoleApplication,
                optimizationLevel: _level,
                nullableContextOptions: NullableContextOptions.Enable,
                allowUnsafe: true));
        var resources = _resources.Select(resource => new ResourceDescription(
            resource.Key, () => new MemoryStream(Encoding.UTF8.GetBytes(resource.Value)), isPublic: true));
        using var image = File.Create(path);
        using var pdb = pdbPath is null ? null : File.Create(pdbPath);
        var options = new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb, pdbFilePath: pdbPath);
        var result = compilation.Emit(image, pdb, manifestResources: resources, options: options);
        Assert.IsTrue(result.Success, string.Join("\n", result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error)));
    }
}
