using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Git;

namespace MigrationsBuild.Tasks.Reports;

/// <summary>An earlier revision of the repository, which <c>DbReportSince</c> names.</summary>
/// <param name="name">A git revision, such as <c>origin/main</c>, a tag or a hash.</param>
/// <param name="folder">A folder of the repository.</param>
/// <param name="git">The repository.</param>
internal sealed class GitRevision(string name, string folder, GitRepository git)
{
    private IReadOnlyList<string>? _files;

    /// <summary>Checks that the revision exists.</summary>
    /// <exception cref="MigrationsException">The revision doesn't exist, or git can't be started.</exception>
    public void Verify()
    {
        if (Ask(() => git.Find(name)) is null)
        {
            throw Unusable(
                $"{folder} has no such git revision. Use a revision that this clone has, or fetch it first: git fetch origin. "
                + "Build servers often make shallow clones, which have only the newest revision (fetch-depth: 0 in actions/checkout)");
        }
    }

    /// <summary>The approvals file in the revision; <see langword="null"/> if it had none.</summary>
    /// <param name="path">The current absolute path of the file.</param>
    /// <exception cref="MigrationsException">The file can't be read.</exception>
    public ApprovalsFile? Approvals(string path)
    {
        if (!Directory.Exists(Path.GetDirectoryName(path)) || Ask(() => git.Read(name, path)) is not { } text)
            return null;
        return ApprovalsFile.Parse(text, $"{name}:{Path.GetFileName(path)}");
    }

    /// <summary>All approvals files in the revision.</summary>
    /// <exception cref="MigrationsException">One of them can't be read.</exception>
    public IReadOnlyList<ApprovalsFile> AllApprovals() =>
    [
        .. Files.Where(path => path.EndsWith(ApprovalsFile.Extension, StringComparison.OrdinalIgnoreCase))
            .Select(path => (Path: path, Text: Ask(() => git.ReadAt(name, path))))
            .Where(file => ApprovalsFile.IsOurText(file.Text))
            .Select(file => ApprovalsFile.Parse(file.Text, $"{name}:{file.Path}")),
    ];

    /// <summary>The paths of all files in the revision, relative to the root.</summary>
    /// <exception cref="MigrationsException">They can't be read.</exception>
    public IReadOnlyList<string> Files => _files ??= Ask(() => git.AllFiles(name));

    private T Ask<T>(Func<T> question)
    {
        try
        {
            return question();
        }
        catch (GitException failure)
        {
            throw Unusable($"{failure.Message}. Fix this, or remove DbReportSince");
        }
    }

    private MigrationsException Unusable(string why) => new(DiagnosticCodes.InvalidSetting, $"DbReportSince is {name}: {why}.");
}
