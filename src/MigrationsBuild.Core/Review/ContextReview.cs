using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Review;

/// <summary>A context's migrations, each with its verdict. It is computed from files alone.</summary>
/// <param name="Report">What the worker found out about the context.</param>
/// <param name="Approvals">Its approvals file, or <see langword="null"/>: not adopted.</param>
/// <param name="Migrations">Its migrations, oldest first.</param>
/// <param name="Findings">What concerns no single migration of these.</param>
public sealed record ContextReview(
    ContextReport Report,
    ApprovalsFile? Approvals,
    IReadOnlyList<ReviewedMigration> Migrations,
    IReadOnlyList<Diagnostic> Findings)
{
    /// <summary>What the approvals file's header says otherwise than the model.</summary>
    public IReadOnlyList<HeaderDifference> Differences { get; init; } = [];

    /// <summary>Every finding: drift, then the migrations' in order, then what concerns none of them.</summary>
    public IEnumerable<Diagnostic> AllFindings => Report.Drift
        .Concat(Migrations.Where(migration => migration.State != MigrationState.NotAdopted).SelectMany(migration => migration.Findings))
        .Concat(Findings);

    /// <summary>The migrations that the assembly doesn't hold, though a file names them.</summary>
    public MissingMigrations Missing { get; init; } = MissingMigrations.None;

    /// <summary>Where the approvals file is, if the context was renamed or moved and its file wasn't.</summary>
    public string? MovedFrom { get; init; }

    /// <summary>Reviews a context.</summary>
    /// <param name="report">What the worker found out about it.</param>
    /// <exception cref="MigrationsException">The approvals file can't be read.</exception>
    public static ContextReview Of(ContextReport report) => ReadApprovals(report) is { } approvals
        ? Of(report, approvals, report.ApprovalsPath)
        : NotAdopted(report);

    /// <summary>Reviews a context whose approvals file is still where it was before the context was renamed or moved.</summary>
    /// <param name="report">What the worker found out about it.</param>
    /// <param name="orphaned">The file.</param>
    public static ContextReview Of(ContextReport report, OrphanedApprovals orphaned) =>
        Of(report, orphaned.Approvals, orphaned.FilePath) with { MovedFrom = orphaned.FilePath };

    private static ContextReview Of(ContextReport report, ApprovalsFile approvals, string path)
    {
        var previous = Approval.Base;
        var migrations = new List<ReviewedMigration>();
        foreach (var migration in report.Migrations)
        {
            migrations.Add(new Reviewer(migration, report, approvals).Review(previous));
            previous = migration.Id;
        }

        var missing = new MissingMigrations(report, approvals);
        var differences = HeaderDifference.Of(approvals, report);
        var findings = differences.Select(difference => difference.ToDiagnostic(approvals, report, path)).Concat(missing.Findings(path)).Concat(CustomHistoryFindings.Of(report));
        return new ContextReview(report, approvals, migrations, [.. findings]) { Differences = differences, Missing = missing };
    }

    private static ContextReview NotAdopted(ContextReport report)
    {
        var missing = new MissingMigrations(report, approvals: null);
        var migrations = report.Migrations.Select(migration => new Reviewer(migration, report, approvals: null).Review(Approval.Base));
        Diagnostic[] findings = report.Migrations.Count == 0 ? [] :
        [
            new Diagnostic(
                DiagnosticCodes.NotAdopted,
                $"{report.ShortName} has {report.Migrations.Count} migrations and no approvals file, so only drift is checked.",
                new Hint("To have their SQL reviewed, pinned and applied, run", VerbTable.Approve)),
        ];
        findings = [.. missing.Findings(report.ApprovalsPath), .. findings];
        return new ContextReview(report, null, [.. migrations], findings) { Missing = missing };
    }

    /// <summary>The ids of those migrations whose verdict needs the SQL that their C# yields now.</summary>
    /// <param name="report">The context.</param>
    /// <returns>The ids of those that have no emission yet; none if the approvals file is missing or can't be read.</returns>
    public static IReadOnlyList<string> NeedEmission(ContextReport report)
    {
        try
        {
            return ReadApprovals(report) is not { } approvals ? [] :
            [
                .. report.Migrations
                    .Where(migration => migration.Emission is null && new Reviewer(migration, report, approvals).NeedsEmission())
                    .Select(migration => migration.Id),
            ];
        }
        catch (MigrationsException)
        {
            // The review will say it.
            return [];
        }
    }

    /// <summary>Whether a migration's C# should run once more: to tell SQL that is another one each time from an edit.</summary>
    /// <param name="report">The context.</param>
    /// <param name="migration">A migration of it that was emitted.</param>
    /// <exception cref="MigrationsException">The approvals file can't be read.</exception>
    public static bool NeedsSecondEmission(ContextReport report, MigrationReport migration) =>
        new Reviewer(migration, report, ReadApprovals(report)).NeedsSecondEmission();

    /// <summary>Has the SQL files of drafts written that were emitted, where nothing of somebody else's is in the way.</summary>
    /// <param name="report">The context.</param>
    /// <param name="files">Where the writes are added.</param>
    /// <exception cref="MigrationsException">The approvals file can't be read.</exception>
    public static void WriteDrafts(ContextReport report, FileTransaction files)
    {
        var approvals = ReadApprovals(report);
        foreach (var migration in report.Migrations)
        {
            var isDraft = approvals is not null && approvals.Find(migration.Id) is null;
            var canWrite = MigrationFiles.CanWrite(migration.Up, report.Dialect) && MigrationFiles.CanWrite(migration.Down, report.Dialect);
            if (isDraft && canWrite && migration.Emission?.Up is not null)
                WriteSql(report, migration, files);
        }
    }

    /// <summary>What the newest migration is to a draft that would be made by itself.</summary>
    /// <param name="report">The context.</param>
    /// <exception cref="MigrationsException">The approvals file can't be read.</exception>
    public static DraftState NewestDraft(ContextReport report)
    {
        if (ReadApprovals(report) is not { } approvals)
            return DraftState.Edited;
        if (report.Migrations.Count == 0 || approvals.Find(report.Migrations[report.Migrations.Count - 1].Id) is not null)
            return DraftState.None;
        var newest = report.Migrations[report.Migrations.Count - 1];
        var up = File.Exists(newest.Up) ? MigrationFiles.TryRead(newest.Up, report.Dialect) : null;
        return up is { IsAsGenerated: true } && up.DraftHash == newest.SourceHash && MigrationFiles.CanWrite(newest.Down, report.Dialect)
            ? DraftState.AsGenerated
            : DraftState.Edited;
    }

    /// <summary>Has the SQL files of a migration written that was emitted.</summary>
    /// <param name="report">The context.</param>
    /// <param name="migration">The migration; its emission has an up body.</param>
    /// <param name="files">Where the writes are added.</param>
    /// <param name="draftHash">Of a draft just made: hash of its C#. Else the file keeps the one that it has.</param>
    public static void WriteSql(ContextReport report, MigrationReport migration, FileTransaction files, string? draftHash = null)
    {
        var emission = migration.Emission!;
        draftHash ??= File.Exists(migration.Up) ? MigrationFiles.TryRead(migration.Up, report.Dialect)?.DraftHash : null;
        SqlFile Generated(string direction, string body, string? irreversible) =>
            SqlFile.Generated(migration.Id, direction, report.Name, report.Generator, migration.SourceHash, irreversible, body);
        files.Write(migration.Up, (Generated("up", emission.Up!, emission.Down is null ? emission.Reason : null) with { DraftHash = draftHash }).ToText());
        if (emission.Down is null)
            files.Delete(migration.Down);
        else
            files.Write(migration.Down, Generated("down", emission.Down, null).ToText());
    }

    /// <summary>
    /// The context's approvals file. Contexts of one name share a default folder as long as they have no migrations: the file of one
    /// isn't the other's.
    /// </summary>
    /// <param name="report">The context.</param>
    /// <exception cref="MigrationsException">The file can't be read.</exception>
    internal static ApprovalsFile? ReadApprovals(ContextReport report) =>
        File.Exists(report.ApprovalsPath) && ApprovalsFile.Read(report.ApprovalsPath) is var approvals
        && (report.Migrations.Count > 0 || approvals.Context == report.Name) ? approvals : null;
}

/// <summary>What the newest migration is to a draft that would be made by itself.</summary>
public enum DraftState
{
    /// <summary>It is no draft: a further migration is wanted.</summary>
    None,

    /// <summary>It is a draft as it was drafted: it may be made again.</summary>
    AsGenerated,

    /// <summary>It is a draft that a person has worked on, or not of ours: it is left alone.</summary>
    Edited,
}
