using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Scratch;

/// <summary>Compares the database of a run with what its applied migrations produce on a scratch database.</summary>
/// <param name="session">The run, which is connected.</param>
internal sealed class SchemaComparison(MigrationSession session)
{
    /// <summary>The differences. The result of the migrations is expected.</summary>
    /// <param name="state">The state of the database.</param>
    /// <exception cref="MigrationsException">The build doesn't have a migration of the database, or there is no scratch server.</exception>
    public async Task<IReadOnlyList<CatalogDifference>> ReadAsync(DatabaseState state, CancellationToken cancellation)
    {
        if (state.Unknown.Count > 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.Diverged,
                $"The database has {StateReport.List(state.Unknown)}, which this build doesn't have, so the expected objects are "
                + "unknown. Compare the database from the build that migrated it.");
        }

        var actual = await session.ReadCatalogAsync(cancellation);
        var expected = await ReadExpectedAsync(state, cancellation);
        var ignored = new IgnoredObjects(session.Request.Settings.Ignore);
        return
        [
            .. expected.Without(ignored.Contains).DifferencesTo(actual.Without(ignored.Contains))
                .Where(difference => !IsOfAdministrator(difference)),
        ];
    }

    /// <summary>
    /// The objects that the applied migrations produce: those that were published with them, or those of a scratch database.
    /// </summary>
    private async Task<Catalog> ReadExpectedAsync(DatabaseState state, CancellationToken cancellation)
    {
        var applied = session.Manifest.Migrations.Where(migration => state.IsApplied(migration.Id)).ToList();
        if (session.ReadExpectedSchema() is { } published
            && published.After([.. applied.Select(migration => migration.Id)]) is { } expected)
        {
            var product = await session.Database.ReadProductAsync(cancellation);
            if (published.Product != product)
            {
                session.Reporter.Line(
                    $"The expected objects are those of {published.Product}, and this is {product}. "
                    + "The two may write the same definition differently.");
            }

            return expected;
        }

        await using var scratch = await ScratchDatabase.CreateAsync(session, applied, cancellation);
        await scratch.ApplyAsync(to: null, cancellation);
        return await scratch.ReadCatalogAsync(cancellation);
    }

    /// <summary>Shows each difference, for people and for programs.</summary>
    public void Show(IReadOnlyList<CatalogDifference> differences)
    {
        foreach (var difference in differences)
        {
            foreach (var line in difference.Lines)
                session.Reporter.Line("  " + line);
            session.Reporter.Result(new MessageLine(RunnerMessages.Difference)
                .With("difference", difference.Word)
                .With("kind", difference.Object.Kind)
                .With("name", difference.Object.Name)
                .With("expected", difference.Expected?.Definition)
                .With("actual", difference.Actual?.Definition));
        }
    }

    /// <summary>The error that says that a database differs.</summary>
    public MigrationsException Failure(DatabaseState state, IReadOnlyList<CatalogDifference> differences) => new(
        DiagnosticCodes.SchemaDiffers,
        $"{Summary(state, differences)}.",
        Hint.Add("To leave out objects of other applications", "DbIgnore", "<names>"));

    /// <summary>Shows the differences of a database, and fails if there are any.</summary>
    /// <param name="state">The state of the database.</param>
    /// <exception cref="MigrationsException">It differs, or can't be compared.</exception>
    public async Task RequireEqualAsync(DatabaseState state, CancellationToken cancellation)
    {
        if (await ReadAsync(state, cancellation) is not { Count: > 0 } differences)
            return;
        Show(differences);
        throw Failure(state, differences);
    }

    /// <summary>Refuses a database that differs, if the settings say so. A database without migrations is not compared.</summary>
    /// <param name="state">The state of the database.</param>
    /// <exception cref="MigrationsException">It differs, or can't be compared.</exception>
    public async Task RefuseAsync(DatabaseState state, CancellationToken cancellation)
    {
        if (!session.Request.Settings.RefusesDrift || state.Applied.Count == 0)
            return;
        if (session.HasJournal && (await session.Journal.ReadUnfinishedIdsAsync(cancellation)).Count > 0)
        {
            session.Reporter.Line("Not compared with its migrations, because an earlier run has left one half-way");
            return;
        }

        if (await ReadAsync(state, cancellation) is not { Count: > 0 } differences)
            return;
        throw new MigrationsException(new Diagnostic(
            DiagnosticCodes.SchemaDiffers, $"{Summary(state, differences)}, so nothing is applied.")
        {
            Hints = [Hint.Run(VerbTable.Diff), Hint.Add("Or to apply the migrations anyway", "DbGate", "none")],
        });
    }

    /// <summary>Administrators create extensions, and not every server has the same ones.</summary>
    private static bool IsOfAdministrator(CatalogDifference difference) =>
        difference is { Expected: null, Object.Kind: "extension" };

    /// <summary>The differences as the beginning of a sentence.</summary>
    public string Summary(DatabaseState state, IReadOnlyList<CatalogDifference> differences) =>
        $"{session.Database.Name} has {(differences.Count == 1 ? "1 difference" : $"{differences.Count} differences")} from its "
        + $"migrations up to {state.Chain.NameAt(state.Current)}: {Text(differences)}";

    /// <summary>The first few differences in one line.</summary>
    public static string Text(IReadOnlyList<CatalogDifference> differences) =>
        StateReport.List([.. differences.Select(difference => difference.Summary)]);
}
