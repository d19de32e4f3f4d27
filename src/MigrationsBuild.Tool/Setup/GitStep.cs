using System.Text;
using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Tool.DotnetBuild;

namespace MigrationsBuild.Tool.Setup;

/// <summary>Sets up the git repository: line ends, the merge driver, and the owners of approvals.</summary>
/// <param name="folder">A folder of the repository.</param>
/// <param name="owners">The owners of approvals files; <see langword="null"/> for those of all files.</param>
internal sealed partial class GitStep(string folder, string? owners) : ISetupStep
{
    private const string Approvals = "*.approvals";
    private const string OwnSection = "[Database approvals]";

    private static readonly string[] _ownerFiles = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];

    /// <inheritdoc/>
    public void Run(Action<FileChange> add, Action<Diagnostic> warn)
    {
        var git = GitFolder.Find(folder) ?? throw new MigrationsException(
            DiagnosticCodes.NoRepository, $"{folder} isn't in a git repository, or git isn't installed. Run: git init");
        Append(git, Path.Combine(git.Root, ".gitattributes"), MergeDriver.Attributes, add);
        Configure(git, add);
        if (!ProgramRun.Of(DotnetProgram.Path, git.Root, "db", "--version").Succeeded)
        {
            warn(new Diagnostic(
                DiagnosticCodes.NoRepository,
                $"git calls `dotnet db` in {git.Root}, and the tool isn't found there, so git merges lines as before. "
                + "Run there: dotnet tool install MigrationsBuild.Tool --create-manifest-if-needed"));
        }

        if (_ownerFiles.Select(file => Path.Combine(git.Root, file)).FirstOrDefault(File.Exists) is { } ownerFile)
            AddOwners(git, ownerFile, add, warn);
    }

    /// <summary>Writes the driver into the configuration of this clone, because git takes no commands from a repository's files.</summary>
    private static void Configure(GitFolder git, Action<FileChange> add)
    {
        const string Section = $"merge.{MergeDriver.Name}";
        var values = new Dictionary<string, string> { ["name"] = MergeDriver.Description, ["driver"] = MergeDriver.Command };
        var missing = values.Where(one => git.Run("config", "--local", "--get", $"{Section}.{one.Key}").Output.TrimEnd() != one.Value)
            .ToList();
        foreach (var (key, value) in missing)
        {
            var run = git.Run("config", "--local", $"{Section}.{key}", value);
            if (!run.Succeeded)
                throw new MigrationsException(DiagnosticCodes.NoRepository, $"git config {Section}.{key} failed: {run.Error.Trim()}");
        }

        if (missing.Count > 0)
        {
            var path = git.Run("rev-parse", "--git-path", "config").Output.Trim();
            add(new FileChange(
                Path.GetFullPath(Path.Combine(git.Root, path)),
                "added the merge driver. It is valid for this clone: in every other one, run: dotnet db init --git")
            {
                Reverse = $"git config --local --remove-section {Section}",
            });
        }
    }

    private void AddOwners(GitFolder git, string path, Action<FileChange> add, Action<Diagnostic> warn)
    {
        var lines = LinesOf(Read(git, path));
        // The last pattern that matches a file has precedence, so an added one would replace the owners of any other.
        if (lines.Exists(line => ApprovalsPattern().IsMatch(line)))
            return;
        var names = owners ?? lines.Select(line => AllFiles().Match(line).Groups["owners"].Value).LastOrDefault(value => value.Length > 0);
        if (names is null)
        {
            warn(new Diagnostic(
                DiagnosticCodes.NoRepository,
                $"{Path.GetRelativePath(git.Root, path)} has no line for {Approvals}, and none for all files. "
                + "Name the reviewers: dotnet db init --git --owners \"@database-reviewers\""));
            return;
        }

        // A line at the end would belong to the last section of GitLab's file, which may be optional.
        string[] section = lines.Exists(line => SectionHeader().IsMatch(line)) ? [OwnSection] : [];
        Append(git, path, [.. section, $"{Approvals} {names}"], add);
    }

    /// <summary>Adds the missing lines to the end of a file, with its own line ends. All bytes before them stay.</summary>
    private static void Append(GitFolder git, string path, IReadOnlyList<string> lines, Action<FileChange> add)
    {
        var exists = File.Exists(path);
        var text = exists ? Read(git, path) : "";
        var missing = lines.Except(LinesOf(text)).ToList();
        if (missing.Count == 0)
            return;
        var canRestore = exists && git.CanRestore(path);
        var end = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var separator = text.Length > 0 && !text.EndsWith('\n') ? end : "";
        FileTransaction.WriteFile(path, text + separator + string.Concat(missing.Select(line => line + end)));
        var added = string.Join(" | ", missing);
        var undo = exists ? $"remove from {FileChange.Argument(path)}: {added}" : $"delete {FileChange.Argument(path)}";
        add(new FileChange(path, $"added {added}") { IsRestorable = canRestore, Reverse = undo });
    }

    private static List<string> LinesOf(string text) => [.. text.TrimStart('\uFEFF').Split('\n').Select(line => line.Trim())];

    /// <summary>Reads a file, with its byte order mark and its line ends.</summary>
    /// <exception cref="MigrationsException">It isn't UTF-8, so writing it again would change it.</exception>
    private static string Read(GitFolder git, string path)
    {
        try
        {
            return SourceText.Utf8.GetString(File.ReadAllBytes(path));
        }
        catch (DecoderFallbackException)
        {
            throw new MigrationsException(
                DiagnosticCodes.NoRepository,
                $"{Path.GetRelativePath(git.Root, path)} isn't UTF-8 and is not changed. Convert it to UTF-8, and run the command again.");
        }
    }

    [GeneratedRegex(@"^\*\s+(?<owners>[^#]*[^#\s])")]
    private static partial Regex AllFiles();

    [GeneratedRegex(@"^[^#\s]\S*\.approvals(\s|$)")]
    private static partial Regex ApprovalsPattern();

    [GeneratedRegex(@"^\^?\[")]
    private static partial Regex SectionHeader();
}
