using System.Globalization;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Scratch;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>
/// Runs migrations on a scratch database: each is applied, reverted and applied again, and the objects are compared after each step. Then
/// the result is compared with the objects of the model. The database of the connection is only read.
/// </summary>
internal sealed class Verify : IVerbHandler
{
    private const int MaxRows = 10_000_000;

    /// <summary>
    /// The failures that are about the SQL of a migration. After any other one, for example of the server, nothing is known.
    /// </summary>
    private static readonly DiagnosticCode[] _verdicts = [DiagnosticCodes.SqlFailed, DiagnosticCodes.AlreadyExists];

    public Verb Definition => VerbTable.Verify;

    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        session.SqlFiles.Verify();
        if (session.HasConnection)
            await session.ConnectAsync(cancellation);
        var migrations = session.Manifest.Migrations;
        var (start, end) = Range(session);
        var ignored = new IgnoredObjects(session.Request.Settings.Ignore);
        await using var trial = new MigrationTrial(session, Rows(session.Request.Rows), ignored);
        await trial.StartAsync(start > 0 ? migrations[start - 1].Id : null, cancellation);
        var findings = new List<Diagnostic>();
        var count = 0;
        try
        {
            for (var i = start; i <= end; i++)
            {
                var found = await TryAsync(session, migrations[i], async () =>
                {
                    var found = await trial.RunAsync(migrations[i], i == 0 ? null : migrations[i - 1].Id, cancellation);
                    if (i < migrations.Count - 1 || session.Manifest.ModelScript.Length == 0)
                        return found;
                    var result = await trial.ReadResultAsync(cancellation);
                    return [.. found, .. await CompareWithModelAsync(session, result, ignored, cancellation)];
                });
                findings.AddRange(found);
                count += found.Count == 0 ? 1 : 0;
            }
        }
        catch
        {
            findings.ForEach(session.Reporter.Diagnostic);
            throw;
        }

        Report(session, count, findings);
    }

    /// <summary>Reports the outcome for a migration to programs.</summary>
    private static async Task<IReadOnlyList<Diagnostic>> TryAsync(
        MigrationSession session, ManifestMigration migration, Func<Task<IReadOnlyList<Diagnostic>>> verify)
    {
        void Report(string failure) => session.Reporter.Result(
            new MessageLine(RunnerMessages.Verified).With("migration", migration.Id).With("failure", failure));
        try
        {
            var findings = await verify();
            Report(findings.Count == 0 ? "" : findings[0].Code.Id);
            return findings;
        }
        catch (MigrationsException failure) when (_verdicts.Contains(failure.Diagnostic.Code))
        {
            Report(failure.Diagnostic.Code.Id);
            throw;
        }
    }

    /// <summary>The number of generated rows; 0 for none.</summary>
    private static int Rows(string text)
    {
        if (text.Length == 0)
            return 0;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) && rows is > 0 and <= MaxRows
            ? rows
            : throw new MigrationsException(
                DiagnosticCodes.InvalidSetting,
                $"The number of rows is {text}, but must be a number from 1 to {MaxRows}.",
                Hint.Add("Add, for example", "DbRows", "100000"));
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
                $"The migrations don't produce the model: {SchemaComparison.Text(comparison.Differences)}.")
            {
                Hints =
                [
                    new Hint("Correct the model, or to draft a migration, run", VerbTable.Revision),
                    Hint.Add("Or to leave out objects", "DbIgnore", "<names>"),
                ],
            },
        ];
    }

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
