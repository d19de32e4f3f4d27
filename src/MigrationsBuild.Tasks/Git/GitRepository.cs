using System.Text.RegularExpressions;

namespace MigrationsBuild.Tasks.Git;

/// <summary>
/// The git repository of a folder. All methods throw <see cref="GitException"/> if there is no git, no repository, or git fails.
/// </summary>
/// <param name="folder">A folder of the repository.</param>
/// <param name="cancellation">Kills git.</param>
/// <param name="program">The git program.</param>
internal sealed class GitRepository(string folder, CancellationToken cancellation, string program = "git")
{
    private readonly GitProgram _git = new(program, cancellation);

    /// <summary>Whether the clone has only a part of the history.</summary>
    public bool IsShallow => Succeed(folder, "rev-parse", "--is-shallow-repository").Trim() == "true";

    /// <summary>The hash of a revision; <see langword="null"/> if the repository doesn't have it.</summary>
    /// <param name="revision">A branch, a tag, a hash, or a name such as <c>MERGE_HEAD</c>.</param>
    public string? Find(string revision)
    {
        // A name that begins with a dash would be an option for git.
        if (revision.StartsWith("-", StringComparison.Ordinal))
            return null;
        var (exitCode, output, error) = _git.Run(folder, "rev-parse", "--verify", "--quiet", revision + "^{commit}");
        if (exitCode != 0 && error.Length > 0)
            throw new GitException(error.TrimEnd('.'));
        return exitCode == 0 ? output.Trim() : null;
    }

    /// <summary>The newest common ancestor of two commits; <see langword="null"/> if there is none.</summary>
    public string? MergeBase(string one, string other)
    {
        var (exitCode, output, _) = _git.Run(folder, "merge-base", one, other);
        return exitCode == 0 ? output.Trim() : null;
    }

    /// <summary>The absolute paths of the files with conflicts that aren't resolved in the index.</summary>
    public IReadOnlyList<string> Unmerged()
    {
        // Relative to the folder, because the absolute path of git may contain no links, and another case.
        var root = Path.GetFullPath(Path.Combine(folder, Succeed(folder, "rev-parse", "--show-cdup").Trim()));
        return
        [
            .. Succeed(root, "diff", "--name-only", "--diff-filter=U", "-z").Split(['\0', '\n'], StringSplitOptions.RemoveEmptyEntries)
                .Select(path => Path.GetFullPath(Path.Combine(root, path))),
        ];
    }

    /// <summary>The names of the files of a folder in a revision.</summary>
    public IReadOnlyCollection<string> FileNames(string revision, string path) =>
        new HashSet<string>(
            Succeed(path, "ls-tree", "-z", "--name-only", revision, "--", ".").Split(['\0', '\n'], StringSplitOptions.RemoveEmptyEntries)
                .Select(name => Path.GetFileName(name)!),
            StringComparer.Ordinal);

    /// <summary>The text of a file in a revision; <see langword="null"/> if the revision doesn't have it.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="path">The absolute path of the file.</param>
    public string? Read(string revision, string path)
    {
        var (beside, file) = (Path.GetDirectoryName(path)!, Path.GetFileName(path));
        return FileNames(revision, beside).Contains(file) ? Succeed(beside, "show", $"{revision}:./{file}") : null;
    }

    /// <summary>The paths of all files of a revision, relative to the root, with <c>/</c>.</summary>
    public IReadOnlyList<string> AllFiles(string revision) =>
        Succeed(folder, "ls-tree", "-r", "-z", "--full-tree", "--name-only", revision)
            .Split(['\0', '\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The text of a file of <see cref="AllFiles"/>.</summary>
    public string ReadAt(string revision, string path) => Succeed(folder, "show", $"{revision}:{path}");

    /// <summary>The uncommitted changes of the folder, or of one file, each in git's short form.</summary>
    /// <param name="path">The absolute path of the file; <see langword="null"/> for the folder.</param>
    public IReadOnlyList<string> Changes(string? path = null) =>
        Succeed(folder, "status", "--porcelain", "--", path ?? ".").Split(['\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The first of these files that git ignores; <see langword="null"/> if it ignores none.</summary>
    /// <param name="paths">Absolute paths.</param>
    /// <returns>The rule, of the form <c>source:line:pattern</c>, and the path.</returns>
    public (string Rule, string Path)? FindIgnored(IEnumerable<string> paths)
    {
        // The form of a line is <source>:<line>:<pattern><tab><path>. The exit code is 1 if git ignores none.
        var (exitCode, output, _) = _git.Run(folder, ["check-ignore", "--verbose", "--", .. paths]);
        var parts = output.Split('\n')[0].Split('\t');
        return exitCode == 0 && parts.Length == 2 ? (parts[0], parts[1].Trim('"')) : null;
    }

    /// <summary>The author of each line of a file that has no uncommitted changes.</summary>
    /// <param name="path">The absolute path of the file.</param>
    public IReadOnlyList<GitPerson> LineAuthors(string path)
    {
        var (authors, name, email) = (new List<GitPerson>(), "", "");
        var blame = Succeed(Path.GetDirectoryName(path)!, "blame", "--line-porcelain", "--", Path.GetFileName(path));
        foreach (var line in blame.Split('\n'))
        {
            if (line.StartsWith("author ", StringComparison.Ordinal))
                name = line.Substring("author ".Length);
            else if (line.StartsWith("author-mail ", StringComparison.Ordinal))
                email = line.Substring("author-mail ".Length).Trim('<', '>');
            else if (line.StartsWith("\t", StringComparison.Ordinal))
                authors.Add(new GitPerson(name, email));
        }

        return authors;
    }

    /// <summary>
    /// The commits that have changed a file, oldest first, also under earlier names of the file. Merges aren't among them.
    /// </summary>
    /// <param name="path">The absolute path of the file.</param>
    public IEnumerable<GitChange> History(string path)
    {
        // With --reverse, git doesn't find the earlier names.
        var log = Succeed(
            Path.GetDirectoryName(path)!,
            ["log", "--follow", "--no-merges", "--no-ext-diff", "--no-textconv", "--no-color", "--unified=0",
                "--patch", $"--format={CommitMark}%aN <%aE>", "--", Path.GetFileName(path)]);
        foreach (var commit in Enumerable.Reverse(log.Split([CommitMark], StringSplitOptions.RemoveEmptyEntries)))
        {
            var lines = commit.Split('\n');
            var content = lines.SkipWhile(line => !line.StartsWith("@@", StringComparison.Ordinal)).ToList();
            IReadOnlyList<string> Of(char mark) =>
                [.. content.Where(line => line.Length > 0 && line[0] == mark).Select(line => line.Substring(1))];
            yield return new GitChange(Person(lines[0]), Of('-'), Of('+'));
        }
    }

    /// <summary>The authors of the commits that have added the files of a folder, by file name. Merges aren't among them.</summary>
    /// <param name="path">The absolute path of the folder.</param>
    public IReadOnlyDictionary<string, GitPerson> Creators(string path)
    {
        var creators = new Dictionary<string, GitPerson>();
        var log = Succeed(
            path, "log", "--no-merges", "--no-renames", "--diff-filter=A", "--name-only", $"--format={CommitMark}%aN <%aE>", "--", ".");
        foreach (var commit in log.Split([CommitMark], StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = commit.Split(['\n'], StringSplitOptions.RemoveEmptyEntries);
            foreach (var file in lines.Skip(1))
                creators[Path.GetFileName(file.Trim('"'))] = Person(lines[0]);
        }

        return creators;
    }

    /// <summary>What no name and no path contains.</summary>
    private const string CommitMark = "\u001f";

    private static GitPerson Person(string text)
    {
        var parts = Regex.Match(text, "^(.*) <(.*)>$").Groups;
        return new GitPerson(parts[1].Value, parts[2].Value);
    }

    private string Succeed(string workingFolder, params string[] arguments)
    {
        var (exitCode, output, error) = _git.Run(workingFolder, arguments);
        return exitCode == 0 ? output : throw new GitException($"git {arguments[0]} failed: {error.TrimEnd('.')}");
    }
}
