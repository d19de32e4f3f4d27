using MigrationsBuild.Contexts;
using MigrationsBuild.Files;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Revisions;

namespace MigrationsBuild.Review;

/// <summary>
/// The newest migration of a context, found from its files. A project that doesn't compile has no assembly, and the draft may be the
/// reason why it doesn't compile.
/// </summary>
/// <param name="Approvals">The context's approvals file.</param>
/// <param name="ApprovalsPath">The path of the approvals file.</param>
/// <param name="Migration">The newest migration.</param>
/// <param name="Previous">The migration before it, if there is one.</param>
/// <param name="SnapshotPath">The path of the snapshot.</param>
public sealed record UncompiledDraft(
    ApprovalsFile Approvals,
    string ApprovalsPath,
    MigrationReport Migration,
    MigrationReport? Previous,
    string SnapshotPath)
{
    /// <summary>Finds the newest migration.</summary>
    /// <param name="approvalsPath">The approvals file of the context, in the folder of its migrations.</param>
    /// <returns>The migration; <see langword="null"/> if the files don't identify it.</returns>
    /// <exception cref="MigrationsException">The approvals file can't be read.</exception>
    public static UncompiledDraft? Find(string approvalsPath)
    {
        var approvals = ApprovalsFile.Read(approvalsPath);
        var context = ContextReport.ShortNameOf(approvals.Context);
        var files = Directory.GetFiles(Path.GetDirectoryName(approvalsPath)!, "*.cs");
        var named = files.Where(MigrationSource.HasMigrationName).ToList();
        var migrations = named.Where(path => MigrationSource.IsOf(path, context))
            .OrderBy(path => Path.GetFileNameWithoutExtension(path), MigrationId.Order)
            .Select(path => new MigrationReport(Path.GetFileNameWithoutExtension(path), path, "", Emission: null))
            .ToList();
        var snapshots = files.Where(path => IsSnapshot(File.ReadAllText(path), context)).ToList();
        // A migration that isn't recognized may be the previous one.
        var areKnown = named.TrueForAll(MigrationSource.HasAttributes)
            && approvals.Approvals.All(approval => migrations.Exists(migration => MigrationId.Equality.Equals(migration.Id, approval.Id)));
        if (migrations.Count == 0 || snapshots.Count != 1 || !areKnown)
            return null;
        var previous = migrations.Count == 1 ? null : migrations[migrations.Count - 2];
        return new UncompiledDraft(approvals, approvalsPath, migrations[migrations.Count - 1], previous, snapshots[0]);
    }

    private static bool IsSnapshot(string text, string context) =>
        SnapshotSource.IsSnapshot(text) && MigrationSource.BelongsTo(text, context);

    /// <summary>Whether the migration is approved, so that it isn't a draft.</summary>
    public bool IsApproved => Approvals.Find(Migration.Id) is not null;

    /// <summary>The change that restores the snapshot before the migration.</summary>
    /// <returns>The change; <see langword="null"/> if the files don't contain that snapshot.</returns>
    public SourceChange? SnapshotBefore()
    {
        if (Previous is null)
            return new SourceChange(SnapshotPath, null);
        if (!File.Exists(Previous.Designer))
            return null;
        return SnapshotSource.FromDesigner(File.ReadAllText(Previous.Designer), File.ReadAllText(SnapshotPath)) is { } text
            ? new SourceChange(SnapshotPath, text, SourceText.HasByteOrderMark(SnapshotPath))
            : null;
    }
}
