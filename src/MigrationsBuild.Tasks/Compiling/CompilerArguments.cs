using System.Text.RegularExpressions;
using MigrationsBuild.Contexts;

namespace MigrationsBuild.Tasks.Compiling;

/// <summary>The arguments of the C# compiler.</summary>
/// <param name="arguments">The arguments, not quoted.</param>
/// <param name="folder">The folder that relative paths are relative to.</param>
internal sealed class CompilerArguments(IReadOnlyList<string> arguments, string folder)
{
    // Options for output files, which must not be overwritten, and options that can't be in a response file.
    private static readonly Regex _dropped = new(
        "^/(out|refout|pdb|doc|errorlog|generatedfilesout|noconfig|utf8output|reportanalyzer)([:+-]|$)",
        RegexOptions.IgnoreCase);
    // Options that decide what a name means.
    private static readonly Regex _language = new("^/(r|reference|langversion|define|unsafe|nostdlib)([:+-]|$)", RegexOptions.IgnoreCase);
    private static readonly Regex _option = new("^/[a-z]+[:+-]", RegexOptions.IgnoreCase);

    /// <summary>The folder that relative paths are relative to.</summary>
    public string Folder => folder;

    /// <summary>The arguments that compile the project with changed source files.</summary>
    /// <param name="changes">The source files that are written or deleted.</param>
    /// <param name="output">The folder for the compiler's output.</param>
    public CompilerArguments With(IReadOnlyList<SourceChange> changes, string output)
    {
        var changed = new HashSet<string>(changes.Select(change => Path.GetFullPath(change.Path)), StringComparer.OrdinalIgnoreCase);
        var kept = arguments.Where(argument =>
            !_dropped.IsMatch(argument) && !(IsSource(argument) && changed.Contains(PathOf(argument))));
        var written = changes.Where(change => change.Text is not null).Select(change => change.Path).ToList();
        var configurations = written.Select(path => Path.Combine(Path.GetDirectoryName(path)!, ".editorconfig")).Distinct()
            .Where(path => File.Exists(path) && !arguments.Any(argument => IsConfiguration(argument, path)))
            .Select(path => "/analyzerconfig:" + path);
        return new CompilerArguments([.. kept, .. Outputs(output), .. configurations, .. written], folder);
    }

    /// <summary>The arguments that compile source files into another assembly, which references the project's.</summary>
    /// <param name="sources">The paths of the source files.</param>
    /// <param name="output">The path of the assembly.</param>
    public CompilerArguments ForModels(IReadOnlyList<string> sources, string output)
    {
        var kept = arguments.Where(argument =>
            _language.IsMatch(argument) || argument.EndsWith(".GlobalUsings.g.cs", StringComparison.OrdinalIgnoreCase));
        string[] own = OutputPath is { } path ? ["/reference:" + PathOf(path)] : [];
        return new CompilerArguments(
            [.. kept, .. own, "/target:library", "/warn:0", "/nowarn:CS0436", "/debug-", "/out:" + output, .. sources], folder);
    }

    /// <summary>The arguments as the text of a response file.</summary>
    public string ToResponseFile() => string.Join("\n", arguments.Select(Quote)) + "\n";

    /// <summary>The options for output files. The assembly keeps its name, because it may be a friend of other assemblies.</summary>
    private IEnumerable<string> Outputs(string output)
    {
        var name = OutputPath is { } path ? Path.GetFileName(path) : "draft.dll";
        yield return "/out:" + Path.Combine(output, name);
        // Without this option the compiler doesn't check documentation comments.
        if (arguments.Any(argument => argument.StartsWith("/doc:", StringComparison.OrdinalIgnoreCase)))
            yield return "/doc:" + Path.Combine(output, Path.ChangeExtension(name, ".xml"));
    }

    private string? OutputPath =>
        arguments.FirstOrDefault(argument => argument.StartsWith("/out:", StringComparison.OrdinalIgnoreCase))?.Substring("/out:".Length);

    private static bool IsSource(string argument) =>
        argument.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) && !_option.IsMatch(argument);

    private bool IsConfiguration(string argument, string path) =>
        argument.StartsWith("/analyzerconfig:", StringComparison.OrdinalIgnoreCase)
        && string.Equals(PathOf(argument.Substring("/analyzerconfig:".Length)), path, StringComparison.OrdinalIgnoreCase);

    private string PathOf(string path) => Path.GetFullPath(Path.Combine(folder, path));

    private static string Quote(string argument) => argument.IndexOfAny([' ', '\t', '#', '"']) < 0
        ? argument
        : "\"" + argument.Replace("\"", "\\\"") + "\"";
}
