using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Tasks.Git;

namespace MigrationsBuild.Tasks.Merging;

/// <summary>
/// The migrations of a context that only the own side of a merge has, found from files, because the project may not compile.
/// </summary>
/// <param name="Context">The full name of the context.</param>
/// <param name="ApprovalsPath">The path of its approvals file.</param>
/// <param name="OtherApprovals">The text of the approvals file on the other side; <see langword="null"/> if it has none.</param>
/// <param name="SnapshotPath">The path of the model snapshot.</param>
/// <param name="OtherSnapshot">The text of the snapshot on the other side; <see langword="null"/> if it has none.</param>
/// <param name="Migrations">The migrations, oldest first.</param>
internal sealed record OwnMigrations(
    string Context,
    string ApprovalsPath,
    string? OtherApprovals,
    string SnapshotPath,
    string? OtherSnapshot,
    IReadOnlyList<MigrationReport> Migrations)
{
    /// <summary>The files that are replaced or deleted.</summary>
    public IEnumerable<string> Files => new[] { ApprovalsPath, SnapshotPath }.Concat(MigrationFiles);

    private IEnumerable<string> MigrationFiles => Migrations
        .SelectMany(migration => migration.Files)
        .Where(File.Exists);

    /// <summary>The description of the newest one: the part of its id after the time.</summary>
    public string Name => Migrations[Migrations.Count - 1].Id.Substring(Migrations[Migrations.Count - 1].Id.IndexOf('_') + 1);

    /// <summary>Finds the migrations of the context of an approvals file.</summary>
    /// <param name="approvalsPath">The approvals file, which may contain conflicts.</param>
    /// <param name="git">The repository.</param>
    /// <param name="sides">The sides of the merge.</param>
    /// <exception cref="MigrationsException">A file of one side can't be read, or migrations of the other side are missing.</exception>
    public static OwnMigrations? Find(string approvalsPath, GitRepository git, MergeSides sides)
    {
        var other = git.Read(sides.Other, approvalsPath);
        if ((other ?? git.Read(sides.Own, approvalsPath)) is not { } known)
            return null;
        var approvals = ApprovalsFile.Parse(known, approvalsPath);
        var folder = Path.GetDirectoryName(approvalsPath)!;
        var theirs = git.FileNames(sides.Other, folder);
        var files = Directory.GetFiles(folder, "*.cs");
        var context = ContextReport.ShortNameOf(approvals.Context);
        var own = files
            .Where(path => MigrationSource.HasMigrationName(path) && MigrationSource.IsOf(path, context))
            .Where(path => !theirs.Contains(Path.GetFileName(path)))
            .Select(path => new MigrationReport(Path.GetFileNameWithoutExtension(path), path, "", Emission: null))
            .OrderBy(migration => migration.Id, MigrationId.Order)
            .ToList();
        if (own.Count == 0)
            return null;
        var missing = other is null ? [] : approvals.Approvals.Select(approval => approval.Id)
            .Where(id => theirs.Contains(id + ".cs") && !File.Exists(Path.Combine(folder, id + ".cs"))).ToList();
        if (missing.Count > 0)
        {
            throw Unmerged(
                sides,
                $"These migrations of {sides.Name} are missing from the working tree: {string.Join(", ", missing)}.",
                "Restore the files of these migrations.");
        }

        var before = git.MergeBase(sides.Own, sides.Other) is { } mergeBase ? git.FileNames(mergeBase, folder) : [];
        if (own.Select(migration => Path.GetFileName(migration.Source)).FirstOrDefault(before.Contains) is { } common)
        {
            throw Unmerged(
                sides,
                $"{sides.Name} has moved or deleted {common}, which both branches had.",
                "Move or delete it in the working tree as well.");
        }

        // Without that file, the other side can't give the approvals of the migrations that stay.
        var staying = other is not null ? [] : approvals.Approvals.Select(approval => approval.Id + ".cs").Where(theirs.Contains).ToList();
        if (staying.Count > 0)
        {
            throw Unmerged(
                sides,
                $"{sides.Name} has {string.Join(", ", staying)}, but not {Path.GetFileName(approvalsPath)}, which approves them.",
                "Restore this file on that side, or give it the same name on both sides.");
        }

        var snapshots = files.Where(path => IsSnapshot(path, git, sides, context)).ToList();
        return snapshots.Count == 1
            ? new OwnMigrations(
                approvals.Context, approvalsPath, other, snapshots[0], git.Read(sides.Other, snapshots[0]), own)
            : throw new MigrationsException(
                DiagnosticCodes.CannotRebase,
                $"{folder} has {(snapshots.Count == 0 ? "no model snapshot" : "several model snapshots")} of {context}.");
    }

    private static MigrationsException Unmerged(MergeSides sides, string problem, string remedy) => new(
        DiagnosticCodes.CannotRebase, $"{problem} " + (sides.IsNamed ? $"Merge {sides.Name} first. Run: git merge {sides.Name}" : remedy));

    /// <summary>The changes after which only the migrations of the other side are left.</summary>
    public FileTransaction Remove()
    {
        var files = new FileTransaction();
        var hasByteOrderMark = OtherSnapshot is { Length: > 0 } text && text[0] == '\uFEFF';
        new SourceChange(SnapshotPath, OtherSnapshot?.TrimStart('\uFEFF'), hasByteOrderMark).AddTo(files);
        new SourceChange(ApprovalsPath, OtherApprovals).AddTo(files);
        foreach (var path in MigrationFiles)
            files.Delete(path);
        return files;
    }

    /// <summary>A snapshot with conflicts can't be read, so the versions of both sides decide.</summary>
    private static bool IsSnapshot(string path, GitRepository git, MergeSides sides, string context) =>
        path.EndsWith("ModelSnapshot.cs", StringComparison.Ordinal)
        && (git.Read(sides.Other, path) ?? git.Read(sides.Own, path)) is { } text
        && SnapshotSource.IsSnapshot(text) && MigrationSource.BelongsTo(text, context);
}
