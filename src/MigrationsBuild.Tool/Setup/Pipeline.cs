using System.Text.RegularExpressions;

namespace MigrationsBuild.Tool.Setup;

/// <summary>A pipeline that builds, checks and reports each pull request: an example of the page on deployments.</summary>
/// <param name="Name">The name in the command line.</param>
/// <param name="File">The path in the repository.</param>
/// <param name="End">The beginning of the first line that belongs to a deployment; empty if none does.</param>
internal sealed partial record Pipeline(string Name, string File, string End = "")
{
    /// <summary>All pipelines.</summary>
    public static IReadOnlyList<Pipeline> All { get; } =
    [
        new("github", ".github/workflows/pull-request.yml"),
        new("gitlab", ".gitlab-ci.yml", "publish:"),
    ];

    /// <summary>The text for a project.</summary>
    /// <param name="project">The path of the project or its folder, from the root of the repository.</param>
    public string TextFor(string project)
    {
        var page = System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "pages", "deploy.md")).ReplaceLineEndings("\n");
        var block = Regex.Match(page, $@"(?ms)^```yaml {Regex.Escape(Path.GetFileName(File))}\n(?<text>.*?)^```$").Groups["text"].Value;
        var end = End.Length > 0 ? block.IndexOf("\n" + End, StringComparison.Ordinal) : block.Length;
        return Project().Replace(block[..end], _ => Quote(project)).TrimEnd() + "\n";
    }

    private static string Quote(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"'{path}'" : path;

    [GeneratedRegex(@"(?<=dotnet build )Shop\b")]
    private static partial Regex Project();
}
