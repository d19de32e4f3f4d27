using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Review;

/// <summary>The verdict on each migration of a context. It depends only on the worker's report and on files.</summary>
/// <param name="Report">The worker's report on the context.</param>
/// <param name="Approvals">The approvals file; <see langword="null"/> if the context isn't adopted.</param>
/// <param name="Migrations">The migrations, oldest first.</param>
/// <param name="Findings">The findings that concern none of these migrations.</param>
public sealed record ContextReview(
    ContextReport Report,
    ApprovalsFile? Approvals,
    IReadOnlyList<ReviewedMigration> Migrations,
    IReadOnlyList<Diagnostic> Findings)
{
    /// <summary>The differences between the header of the approvals file and the model.</summary>
    public IReadOnlyList<HeaderDifference> Differences { get; init; } = [];

    /// <summary>All findings: model drift, then those of the migrations in their order, then those that concern no migration.</summary>
    public IEnumerable<Diagnostic> AllFindings => Report.Drift
        .Concat(Migrations.Where(migration => migration.State != MigrationState.NotAdopted).SelectMany(migration => migration.Findings))
        .Concat(Findings);

    /// <summary>The migrations that a file names, but that the assembly doesn't contain.</summary>
    public MissingMigrations Missing { get; init; } = MissingMigrations.None;

    /// <summary>The path of the approvals file, if the context was renamed or moved and its file wasn't.</summary>
    public string? MovedFrom { get; init; }

    /// <summary>What a successful verification of each migration is valid for, oldest first.</summary>
    public IEnumerable<Verification> Verifiable => Migrations.Select((migration, i) =>
        Verification.Of(migration, i == 0 ? Approval.Base : Migrations[i - 1].Id));

    /// <summary>Adds the outcomes of verifications. One that is about other SQL, or another position, is left out.</summary>
    /// <param name="stored">The outcomes that are not in the approvals file.</param>
    /// <param name="areRequired">Whether an approved migration without a successful one is a finding.</param>
    public ContextReview WithVerifications(IReadOnlyCollection<Verification> stored, bool areRequired)
    {
        ReviewedMigration Add(ReviewedMigration migration, Verification wanted)
        {
            var isApproved = migration is { Approval.IsVerified: true } && Approvals!.VerificationOf(migration.Approval) == wanted;
            var found = stored.FirstOrDefault(wanted.IsAboutSameAs) ?? (isApproved ? wanted : null);
            var isRequired = areRequired && migration is { State: MigrationState.Approved, Approval.HasSql: true };
            return migration with
            {
                Verification = found,
                Findings = isRequired && found is not { IsSuccess: true }
                    ? [.. migration.Findings, Unverified(migration, found)]
                    : migration.Findings,
            };
        }

        return this with { Migrations = [.. Migrations.Zip(Verifiable, Add)] };
    }

    private static Diagnostic Unverified(ReviewedMigration migration, Verification? found) => new(
        DiagnosticCodes.Unverified,
        found is null ? $"{migration.Id} was never verified." : $"The verification of {migration.Id} failed ({found.Failure}).",
        new Location(migration.Report.Up, 1, 1))
    {
        Hints = [Hint.Run(VerbTable.Verify, migration.Id), new Hint("To keep the result for other machines, run", VerbTable.Approve)],
    };

    /// <summary>Reviews a context.</summary>
    /// <param name="report">The worker's report on it.</param>
    /// <exception cref="MigrationsException">The approvals file can't be read.</exception>
    public static ContextReview Of(ContextReport report) => ReadApprovals(report) is { } approvals
        ? Of(report, approvals, report.ApprovalsPath)
        : NotAdopted(report);

    /// <summary>Reviews a context that was renamed or moved without its approvals file.</summary>
    /// <param name="report">The worker's report on it.</param>
    /// <param name="orphaned">The approvals file.</param>
    public static ContextReview Of(ContextReport report, OrphanedApprovals orphaned) =>
        Of(report, orphaned.Approvals, orphaned.FilePath) with { MovedFrom = orphaned.FilePath };

    private static ContextReview Of(ContextReport report, ApprovalsFile approvals, string path)
    {
        var previous = Approval.Base;
        var migrations = new List<ReviewedMigration>();
        for (var i = 0; i < report.Migrations.Count; i++)
        {
            var reviewer = new Reviewer(report.Migrations[i], report, approvals) { Earlier = report.Migrations.Take(i).Reverse() };
            migrations.Add(reviewer.Review(previous));
            previous = report.Migrations[i].Id;
        }

        var missing = new MissingMigrations(report, approvals);
        var differences = HeaderDifference.Of(approvals, report);
        var findings = differences.Select(difference => difference.ToDiagnostic(approvals, report, path))
            .Concat(missing.Findings(path))
            .Concat(SquashFindings.Of(report, approvals, path))
            .Concat(CustomHistoryFindings.Of(report));
        return new ContextReview(report, approvals, migrations, [.. findings]) { Differences = differences, Missing = missing };
    }

    private static ContextReview NotAdopted(ContextReport report)
    {
        var missing = new MissingMigrations(report, approvals: null);
        var migrations = report.Migrations.Select(migration => new Reviewer(migration, report, approvals: null).Review(Approval.Base));
        Diagnostic[] notAdopted = report.Migrations.Count == 0 ? [] :
        [
            new Diagnostic(
                DiagnosticCodes.NotAdopted,
                $"{report.ShortName} has {report.Migrations.Count} migrations and no approvals file, so only drift is checked.",
                new Hint("To have their SQL reviewed, pinned and applied, run", VerbTable.Approve)),
        ];
        return new ContextReview(report, null, [.. migrations], [.. missing.Findings(report.ApprovalsPath), .. notAdopted])
        {
            Missing = missing,
        };
    }

    /// <summary>The findings of the lint on a new draft, without those that are only messages.</summary>
    /// <param name="report">The context, without the draft.</param>
    /// <param name="draft">The draft.</param>
    public static IEnumerable<Diagnostic> Lint(ContextReport report, MigrationReport draft) =>
        new MigrationLint(draft, report.Dialect, null, null, report.Migrations.Reverse())
            .Findings.Where(finding => finding.Severity != Severity.Message);

    /// <summary>The ids of the migrations whose verdict needs the SQL that their C# generates now.</summary>
    /// <param name="report">The context.</param>
    /// <returns>The ids of those without an emission; none if the approvals file is missing or can't be read.</returns>
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
            // The review reports it.
            return [];
        }
    }

    /// <summary>Whether the C# of a migration should run again, to distinguish non-deterministic SQL from an edit.</summary>
    /// <param name="report">The context.</param>
    /// <param name="migration">A migration of the context, with its emission.</param>
    /// <exception cref="MigrationsException">The approvals file can't be read.</exception>
    public static bool NeedsSecondEmission(ContextReport report, MigrationReport migration) =>
        new Reviewer(migration, report, ReadApprovals(report)).NeedsSecondEmission();

    /// <summary>Writes the SQL files of drafts, unless a file was edited or isn't from MigrationsBuild.</summary>
    /// <param name="report">The context, with the emissions of its drafts.</param>
    /// <param name="files">Gets the writes.</param>
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

    /// <summary>Whether the newest migration is a draft that may be drafted again automatically.</summary>
    /// <param name="report">The context.</param>
    /// <exception cref="MigrationsException">The approvals file can't be read.</exception>
    public static DraftState NewestDraft(ContextReport report)
    {
        if (ReadApprovals(report) is not { } approvals)
            return DraftState.Edited;
        if (report.Migrations.Count == 0 || approvals.Find(report.Migrations[report.Migrations.Count - 1].Id) is not null)
            return DraftState.None;
        var newest = report.Migrations[report.Migrations.Count - 1];
        if (approvals.FindSquash(newest.Id) is not null)
            return DraftState.Squashed;
        var up = File.Exists(newest.Up) ? MigrationFiles.TryRead(newest.Up, report.Dialect) : null;
        return up is { IsAsGenerated: true } && up.DraftHash == newest.SourceHash && MigrationFiles.CanWrite(newest.Down, report.Dialect)
            ? DraftState.AsGenerated
            : DraftState.Edited;
    }

    /// <summary>Writes the SQL files of a migration.</summary>
    /// <param name="report">The context.</param>
    /// <param name="migration">The migration, with an emission that has an up body.</param>
    /// <param name="files">Gets the writes.</param>
    /// <param name="draftHash">For a new draft, the hash of its C#; <see langword="null"/> to keep the hash in the file.</param>
    public static void WriteSql(ContextReport report, MigrationReport migration, FileTransaction files, string? draftHash = null)
    {
        var emission = migration.Emission!;
        draftHash ??= File.Exists(migration.Up) ? MigrationFiles.TryRead(migration.Up, report.Dialect)?.DraftHash : null;
        SqlFile Generated(string direction, string body, string? irreversible) =>
            SqlFile.Generated(migration.Id, direction, report.Name, report.Generator, migration.SourceHash, irreversible, body);
        var up = Generated("up", emission.Up!, emission.Down is null ? emission.Reason : null) with { DraftHash = draftHash };
        files.Write(migration.Up, up.ToText());
        if (emission.Down is null)
            files.Delete(migration.Down);
        else
            files.Write(migration.Down, Generated("down", emission.Down, null).ToText());
    }

    /// <summary>
    /// The approvals file of a context. Contexts with the same name share a default folder as long as they have no migrations, so the file
    /// may belong to another one.
    /// </summary>
    /// <exception cref="MigrationsException">The file can't be read.</exception>
    internal static ApprovalsFile? ReadApprovals(ContextReport report) =>
        File.Exists(report.ApprovalsPath) && ApprovalsFile.Read(report.ApprovalsPath) is var approvals
        && (report.Migrations.Count > 0 || approvals.Context == report.Name) ? approvals : null;
}

/// <summary>Whether the newest migration is a draft that may be drafted again automatically.</summary>
public enum DraftState
{
    /// <summary>It isn't a draft, so a further migration is needed.</summary>
    None,

    /// <summary>It is an unchanged draft, which may be drafted again.</summary>
    AsGenerated,

    /// <summary>It is a draft that was edited, or that isn't from MigrationsBuild. It is left alone.</summary>
    Edited,

    /// <summary>It is a draft that replaces older migrations. It is left alone, and a further migration may be drafted.</summary>
    Squashed,
}
