using System.Text.RegularExpressions;
using MigrationsBuild.Contexts;

namespace MigrationsBuild.Tasks.Drafting;

/// <summary>The arguments of the C# compiler.</summary>
/// <param name="arguments">The arguments, not quoted.</param>
/// <param name="folder">The folder that relative paths are relative to.</param>
internal sealed class CompilerArguments(IReadOnlyList<string> arguments, string folder)
{
    // Options for output files, which must not be overwritten, and options that can't be in a response file.
    private static readonly Regex _dropped = new(
        "^/(out|refout|pdb|doc|errorlog|generatedfilesout|noconfig|utf8output|reportanalyzer)([:+-]|$)",
        RegexOptions.IgnoreCase);
    private static readonly Regex _option = new("^/[a-z]+[:+-]", RegexOptions.IgnoreCase);

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

    /// <summary>The arguments as the text of a response file.</summary>
    public string ToResponseFile() => string.Join("\n", arguments.Select(Quote)) + "\n";

    /// <summary>The options for output files. The assembly keeps its name, because it may be a friend of other assemblies.</summary>
    private IEnumerable<string> Outputs(string output)
    {
        var name = arguments.FirstOrDefault(argument => argument.StartsWith("/out:", StringComparison.OrdinalIgnoreCase)) is { } path
            ? Path.GetFileName(path.Substring(5))
            : "draft.dll";
        yield return "/out:" + Path.Combine(output, name);
        // Without this option the compiler doesn't check documentation comments.
        if (arguments.Any(argument => argument.StartsWith("/doc:", StringComparison.OrdinalIgnoreCase)))
            yield return "/doc:" + Path.Combine(output, Path.ChangeExtension(name, ".xml"));
    }

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
