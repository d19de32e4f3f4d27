using System.Text.RegularExpressions;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Tasks.Drafting;

/// <summary>The arguments of the C# compiler.</summary>
/// <param name="arguments">One each, without quotes.</param>
/// <param name="folder">The folder that relative paths are relative to.</param>
internal sealed class CompilerArguments(IReadOnlyList<string> arguments, string folder)
{
    // What it writes, the last of which would be written over; and what belongs on the command line.
    private static readonly Regex _dropped = new("^/(out|refout|pdb|doc|errorlog|generatedfilesout|noconfig|utf8output|reportanalyzer)([:+-]|$)", RegexOptions.IgnoreCase);
    private static readonly Regex _option = new("^/[a-z]+[:+-]", RegexOptions.IgnoreCase);

    /// <summary>The arguments that compile the project with changes.</summary>
    /// <param name="changes">The source files that are written or deleted.</param>
    /// <param name="output">The folder for what the compiler writes.</param>
    public CompilerArguments With(IReadOnlyList<SourceChange> changes, string output)
    {
        var changed = new HashSet<string>(changes.Select(change => Path.GetFullPath(change.Path)), StringComparer.OrdinalIgnoreCase);
        var kept = arguments.Where(argument => !_dropped.IsMatch(argument) && !(IsSource(argument) && changed.Contains(PathOf(argument))));
        var written = changes.Where(change => change.Text is not null).Select(change => change.Path).ToList();
        var configurations = written.Select(path => Path.Combine(Path.GetDirectoryName(path)!, ".editorconfig")).Distinct()
            .Where(path => File.Exists(path) && !arguments.Any(argument => IsConfiguration(argument, path)))
            .Select(path => "/analyzerconfig:" + path);
        return new CompilerArguments([.. kept, .. Outputs(output), .. configurations, .. written], folder);
    }

    /// <summary>The arguments as the text of a response file.</summary>
    public string ToResponseFile() => string.Join("\n", arguments.Select(Quote)) + "\n";

    /// <summary>The assembly keeps its name: others may have it as a friend.</summary>
    private IEnumerable<string> Outputs(string output)
    {
        var name = arguments.FirstOrDefault(argument => argument.StartsWith("/out:", StringComparison.OrdinalIgnoreCase)) is { } path
            ? Path.GetFileName(path.Substring(5))
            : "draft.dll";
        yield return "/out:" + Path.Combine(output, name);
        // Without it the compiler doesn't look at documentation comments.
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
