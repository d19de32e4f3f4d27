using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Revisions;

namespace MigrationsBuild.Review;

/// <summary>
/// The newest migration of a context as its files tell, without the assembly: a project that doesn't compile has none, and a draft may be
/// why it doesn't.
/// </summary>
/// <param name="Approvals">The context's approvals file.</param>
/// <param name="ApprovalsPath">Its path.</param>
/// <param name="Migration">The newest migration.</param>
/// <param name="Previous">The one before it, if there is one.</param>
/// <param name="SnapshotPath">The snapshot's file.</param>
public sealed record UncompiledDraft(ApprovalsFile Approvals, string ApprovalsPath, MigrationReport Migration, MigrationReport? Previous, string SnapshotPath)
{
    /// <summary>Finds it.</summary>
    /// <param name="approvalsPath">The approvals file of the context; its migrations are in the same folder.</param>
    /// <returns>The migration; <see langword="null"/> if the files there don't tell.</returns>
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
        var snapshots = files.Where(path => File.ReadAllText(path) is var text && SnapshotSource.IsSnapshot(text) && MigrationSource.BelongsTo(text, context)).ToList();
        // A migration that isn't recognised may be the one before.
        var areKnown = named.TrueForAll(MigrationSource.HasAttributes)
            && approvals.Approvals.All(approval => migrations.Exists(migration => MigrationId.Equality.Equals(migration.Id, approval.Id)));
        return migrations.Count == 0 || snapshots.Count != 1 || !areKnown
            ? null
            : new UncompiledDraft(approvals, approvalsPath, migrations[migrations.Count - 1], migrations.Count == 1 ? null : migrations[migrations.Count - 2], snapshots[0]);
    }

    /// <summary>Whether it is approved, and so no draft.</summary>
    public bool IsApproved => Approvals.Find(Migration.Id) is not null;

    /// <summary>The snapshot before it, from the files alone.</summary>
    /// <returns>The change; <see langword="null"/> if the files don't tell.</returns>
    public SourceChange? SnapshotBefore()
    {
        var content = File.ReadAllBytes(SnapshotPath);
        var hasByteOrderMark = content.Length > 2 && content[0] == 0xEF && content[1] == 0xBB && content[2] == 0xBF;
        if (Previous is null)
            return new SourceChange(SnapshotPath, null);
        return File.Exists(Previous.Designer) && SnapshotSource.FromDesigner(File.ReadAllText(Previous.Designer), File.ReadAllText(SnapshotPath)) is { } text
            ? new SourceChange(SnapshotPath, text, hasByteOrderMark)
            : null;
    }
}
