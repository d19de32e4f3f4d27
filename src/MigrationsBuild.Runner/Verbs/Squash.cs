using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Scratch;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>
/// Proves that a squashed migration produces the same database as those that it replaces, each on a scratch database of its own. If it
/// doesn't, statements of the replaced migrations are tried in addition, and reported to the build, which adds them to the draft and asks
/// again. The last squash of the manifest is the one to prove.
/// </summary>
internal sealed class Squash : IVerbHandler
{
    /// <summary>A statement may create an object that has parts, which other statements create.</summary>
    private const int Rounds = 3;

    public Verb Definition => VerbTable.Squash;

    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        session.SqlFiles.Verify();
        if (session.HasConnection)
            await session.ConnectAsync(cancellation);
        var squash = session.Manifest.Squashes[^1];
        var squashed = session.Manifest.Find(squash.Id);
        List<ManifestMigration> replaced = [.. squash.Replaced.Select(session.Manifest.Find)];
        var ignored = new IgnoredObjects(session.Request.Settings.Ignore);

        var expected = (await ProduceAsync(session, replaced, cancellation)).Without(ignored.Contains);
        await using var scratch = await ScratchDatabase.CreateAsync(session, [squashed], cancellation);
        async Task<IReadOnlyList<CatalogDifference>> Compare() =>
            expected.DifferencesTo((await scratch.ReadContentAsync(cancellation)).Without(ignored.Contains));

        var empty = await scratch.ReadCatalogAsync(cancellation);
        await scratch.ApplyAsync(to: null, cancellation);
        var dialect = SqlDialects.OfProvider(session.Manifest.Provider);
        var statements = UpStatements(session, replaced).Select(statement => CarriedStatement.Of(statement.Text, dialect));
        var carried = new CarriedStatements([.. statements.OfType<CarriedStatement>()]);
        var differences = await Compare();
        for (var round = 1; differences.Count > 0 && round <= Rounds && carried.Choose(differences) is { Count: > 0 } chosen; round++)
        {
            await ExecuteAsync(scratch, chosen, cancellation);
            differences = await Compare();
        }

        Require(session, squash.Id, differences);
        foreach (var statement in carried.Chosen)
            session.Reporter.Result(new MessageLine(RunnerMessages.Carried).With("up", statement.Text).With("down", statement.Drop));
        if (carried.Chosen.Count > 0)
            return;
        foreach (var statement in UpStatements(session, replaced).Where(CarriedStatements.IsNotCompared))
            session.Reporter.Line($"  Neither compared nor carried over: {FirstLine(statement.Text)}");
        session.Reporter.Line($"  {squash.Id}  produces the same database as the {replaced.Count} migrations that it replaces");
        if (squashed.DownPath is not null)
            await ReportDownAsync(session, scratch, empty, cancellation);
    }

    /// <summary>The objects and rows that migrations produce on a scratch database.</summary>
    private static async Task<Catalog> ProduceAsync(
        MigrationSession session, IReadOnlyList<ManifestMigration> migrations, CancellationToken cancellation)
    {
        await using var scratch = await ScratchDatabase.CreateAsync(session, migrations, cancellation);
        await scratch.ApplyAsync(to: null, cancellation);
        return await scratch.ReadContentAsync(cancellation);
    }

    private static IEnumerable<SqlStatement> UpStatements(MigrationSession session, IEnumerable<ManifestMigration> migrations) =>
        migrations.Select(migration => migration.UpPath).OfType<string>()
            .SelectMany(session.SqlFiles.Statements)
            .Select(command => command.Statement!);

    /// <exception cref="MigrationsException">A statement fails, because it needs an earlier state of the database.</exception>
    private static async Task ExecuteAsync(
        ScratchDatabase scratch, IReadOnlyList<CarriedStatement> statements, CancellationToken cancellation)
    {
        foreach (var statement in statements)
        {
            try
            {
                await scratch.Session.Database.ExecuteTransactionAsync([statement.Text], cancellation);
            }
            catch (SqlFailure failure)
            {
                throw new MigrationsException(
                    DiagnosticCodes.SquashNotProven,
                    $"A statement of a replaced migration fails after the squashed one: {failure.Message}: {FirstLine(statement.Text)}. "
                    + WayOut,
                    inner: failure);
            }
        }
    }

    private static void Require(MigrationSession session, string id, IReadOnlyList<CatalogDifference> differences)
    {
        if (differences.Count == 0)
            return;
        new SchemaComparison(session).Show(differences);
        throw new MigrationsException(
            DiagnosticCodes.SquashNotProven,
            $"{id} doesn't produce the same database as the migrations that it replaces: "
            + $"{StateReport.List([.. differences.Select(difference => difference.Summary)])}. {WayOut}",
            Hint.Add("To leave out objects that don't matter", "DbIgnore", "<names>"));
    }

    private const string WayOut = "Nothing was written. Squash up to an earlier migration.";

    /// <summary>
    /// Reverts the squashed migration. A Down that leaves something is not an error, because a person reads it before the approval, and
    /// nobody reverts the oldest migration of a production database.
    /// </summary>
    private static async Task ReportDownAsync(
        MigrationSession session, ScratchDatabase scratch, Catalog empty, CancellationToken cancellation)
    {
        try
        {
            await scratch.RevertAsync(to: null, cancellation);
            var left = empty.DifferencesTo(await scratch.ReadCatalogAsync(cancellation))
                .Where(difference => difference.Object.Kind is not ("extension" or "schema")).ToList();
            if (left.Count > 0)
                session.Reporter.Line($"  Its Down() leaves {StateReport.List([.. left.Select(difference => difference.Summary)])}");
        }
        catch (MigrationsException failure)
        {
            session.Reporter.Line($"  Its Down() fails: {failure.Message}");
        }
    }

    private static string FirstLine(string statement) => statement.Split('\n')[0].TrimEnd();
}
