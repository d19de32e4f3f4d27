using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Planning;
using MigrationsBuild.Runner.Scratch;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>
/// Runs migrations on a scratch database: each is applied, reverted and applied again, and the objects are compared after each step. Then
/// the result is compared with the objects of the model. The database of the connection is only read.
/// </summary>
internal sealed class Verify : IVerbHandler
{
    public Verb Definition => VerbTable.Verify;

    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        session.SqlFiles.Verify();
        if (session.HasConnection)
            await session.ConnectAsync(cancellation);
        var migrations = session.Manifest.Migrations;
        var (start, end) = Range(session);
        var ignored = new IgnoredObjects(session.Request.Settings.Ignore);
        await using var scratch = await ScratchDatabase.CreateAsync(session, migrations, cancellation);
        async Task<Catalog> Read() => (await scratch.ReadCatalogAsync(cancellation)).Without(ignored.Contains);

        if (start > 0)
            await scratch.ApplyAsync(migrations[start - 1].Id, cancellation);
        var findings = new List<Diagnostic>();
        var before = await Read();
        for (var i = start; i <= end; i++)
        {
            var migration = migrations[i];
            var locks = await MeasureAsync(session, scratch, migration, cancellation);
            await scratch.ApplyAsync(migration.Id, cancellation);
            var after = await Read();
            void ShowLocks()
            {
                foreach (var line in session.Request.Verbose ? locks : [])
                    session.Reporter.Line($"    {line}");
            }

            if (migration.DownPath is null)
            {
                session.Reporter.Line($"  {migration.Id}  applied; it can't be reverted{(migration.Reason is { } why ? $": {why}" : "")}");
                ShowLocks();
                before = after;
                continue;
            }

            await scratch.RevertAsync(i == 0 ? null : migrations[i - 1].Id, cancellation);
            var (kept, left) = Divide(before.DifferencesTo(await Read()));
            if (kept.Count > 0)
                session.Reporter.Line($"  {migration.Id}  reverting keeps objects, as in EF Core: {Text(kept)}");
            if (left.Count > 0)
            {
                findings.Add(Finding(session, migration.DownPath, $"Reverting {migration.Id} doesn't restore the database", left));
                session.Reporter.Line($"  {migration.Id}  reverting doesn't restore the database, so the verification ends here");
                Report(session, i - start, findings);
            }

            await scratch.ApplyAsync(migration.Id, cancellation);
            var again = await Read();
            var changed = after.DifferencesTo(again);
            if (changed.Count > 0)
                findings.Add(Finding(session, migration.UpPath!, $"Applying {migration.Id} a second time has another result", changed));
            session.Reporter.Line($"  {migration.Id}  applied, reverted, applied again");
            ShowLocks();
            before = again;
        }

        if (end == migrations.Count - 1 && session.Manifest.ModelScript.Length > 0)
            findings.AddRange(await CompareWithModelAsync(session, before, ignored, cancellation));
        Report(session, end - start + 1, findings);
    }

    /// <summary>Measures the locks of the next migration, and reports those that its SQL doesn't show.</summary>
    /// <returns>All locks as lines.</returns>
    private static async Task<IReadOnlyList<string>> MeasureAsync(
        MigrationSession session, ScratchDatabase scratch, ManifestMigration migration, CancellationToken cancellation)
    {
        if (migration.UpPath is null)
            return [];
        try
        {
            var (findings, lines) = await new LockMeasurements(scratch.Session).RunAsync(migration, cancellation);
            foreach (var finding in findings)
                session.Reporter.Diagnostic(finding);
            return lines;
        }
        catch (SqlFailure failure) when (failure.Command?.Statement is not null)
        {
            // Applying the migration fails as well, and explains why.
            return [];
        }
    }

    /// <summary>EF Core's migrations never drop the extensions and schemas that they have created, because others may use them.</summary>
    private static (IReadOnlyList<CatalogDifference> Kept, IReadOnlyList<CatalogDifference> Left) Divide(
        IReadOnlyList<CatalogDifference> differences)
    {
        var kept = differences.Where(one => one is { Expected: null, Object.Kind: "extension" or "schema" }).ToList();
        return (kept, [.. differences.Except(kept)]);
    }

    /// <summary>The positions of the first and the last migration: by default the drafts, or all migrations if there are none.</summary>
    private static (int Start, int End) Range(MigrationSession session)
    {
        var migrations = session.Manifest.Migrations;
        if (session.Request.To.Length == 0)
        {
            var draft = migrations.ToList().FindIndex(migration => migration.State != MigrationState.Approved);
            return (Math.Max(draft, 0), migrations.Count - 1);
        }

        var text = session.Request.To.Contains(':') ? session.Request.To : $"{session.Request.To}:{session.Request.To}";
        var (start, end) = RevisionRange.Parse(text).In(
            new MigrationChain(migrations.Select(migration => migration.Id)), MigrationChain.Base);
        return start <= end && end >= 0
            ? (Math.Max(start, 0), end)
            : throw new MigrationsException(
                DiagnosticCodes.NoSuchRevision, $"The range {session.Request.To} contains no migration.", Hint.Run(VerbTable.History));
    }

    /// <summary>Compares the result of all migrations with a database that EF Core would create from the model.</summary>
    private static async Task<IReadOnlyList<Diagnostic>> CompareWithModelAsync(
        MigrationSession session, Catalog actual, IgnoredObjects ignored, CancellationToken cancellation)
    {
        await using var ofModel = await ScratchDatabase.CreateAsync(session, [], cancellation);
        try
        {
            await ofModel.ExecuteAsync(session.Manifest.ModelScript, cancellation);
        }
        catch (SqlFailure failure)
        {
            // The model may use functions and types that only migrations create, with SQL of their own.
            session.Reporter.Line($"  Not compared with the model, which can't be created without migrations: {failure.Message}");
            return [];
        }

        var expected = (await ofModel.ReadCatalogAsync(cancellation)).Without(ignored.Contains);
        var comparison = new ModelComparison(expected.DifferencesTo(actual));
        foreach (var difference in comparison.Known)
            session.Reporter.Line($"  The model doesn't have: {difference.Object.Kind} {difference.Object.Name}");
        if (comparison.Defaults.Count > 0)
        {
            var columns = StateReport.List([.. comparison.Defaults.Select(one => one.Object.Name)]);
            session.Reporter.Line($"  The database keeps a default that the model doesn't have: {columns}");
        }

        return comparison.Differences.Count == 0 ? [] :
        [
            new Diagnostic(
                DiagnosticCodes.MigrationsDifferFromModel,
                $"The migrations don't produce the model: {Text(comparison.Differences)}.")
            {
                Hints =
                [
                    new Hint("Correct the model, or to draft a migration, run", VerbTable.Revision),
                    Hint.Add("Or to leave out objects", "DbIgnore", "<names>"),
                ],
            },
        ];
    }

    private static Diagnostic Finding(
        MigrationSession session, string path, string what, IReadOnlyList<CatalogDifference> differences) => new(
            DiagnosticCodes.NotVerified,
            $"{what}: {Text(differences)}.",
            new Hint("Correct Up() and Down() of the migration, then run", VerbTable.Verify),
            new Location(session.SqlFiles.Absolute(path), 1, 1));

    private static string Text(IReadOnlyList<CatalogDifference> differences) =>
        StateReport.List([.. differences.Select(difference => difference.Summary)]);

    private static void Report(MigrationSession session, int count, List<Diagnostic> findings)
    {
        session.Reporter.Result(new MessageLine(RunnerMessages.Done)
            .With("verb", VerbTable.Verify.Name).With("count", count).With("at", session.Manifest.Migrations[^1].Id));
        if (findings.Count == 0)
        {
            session.Reporter.Line($"{(count == 1 ? "1 migration" : $"{count} migrations")} verified");
            return;
        }

        foreach (var finding in findings.SkipLast(1))
            session.Reporter.Diagnostic(finding);
        throw new MigrationsException(findings[^1]);
    }
}
