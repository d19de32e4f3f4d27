using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Planning;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Scratch;

/// <summary>Compares the database of a run with what its applied migrations produce on a scratch database.</summary>
/// <param name="session">The run, which is connected.</param>
internal sealed class SchemaComparison(MigrationSession session)
{
    private readonly IgnoredObjects _ignored = new(session.Request.Settings.Ignore);

    /// <summary>
    /// The differences, without the objects that the settings leave out. The result of the migrations is expected: that of the published
    /// schema, or that of a scratch database.
    /// </summary>
    /// <param name="state">The state of the database.</param>
    /// <exception cref="MigrationsException">The build doesn't have a migration of the database, or there is no scratch server.</exception>
    public async Task<IReadOnlyList<CatalogDifference>> ReadAsync(DatabaseState state, CancellationToken cancellation)
    {
        if (await ReadPublishedAsync(state, cancellation) is not { } published)
            return await UseAsync(state, (_, expected, actual, _) => Task.FromResult(expected.DifferencesTo(actual)), cancellation);
        var expected = published.Without(_ignored.Contains);
        return expected.DifferencesTo(Comparable(await session.ReadCatalogAsync(cancellation), expected, _ignored.Contains));
    }

    /// <summary>Compares with a scratch database, without the objects that the settings leave out.</summary>
    /// <param name="state">The state of the database.</param>
    /// <param name="use">Gets the scratch database, its objects, those of the database, and which objects are left out.</param>
    /// <exception cref="MigrationsException">See <see cref="ReadAsync"/>.</exception>
    public async Task<T> UseAsync<T>(
        DatabaseState state,
        Func<ScratchDatabase, Catalog, Catalog, Func<CatalogObject, bool>, Task<T>> use,
        CancellationToken cancellation)
    {
        var applied = Applied(state);
        var actual = await session.ReadCatalogAsync(cancellation);
        await using var scratch = await ScratchDatabase.CreateAsync(session, applied, cancellation);
        await scratch.ApplyAsync(to: null, cancellation);
        var expected = await scratch.ReadCatalogAsync(cancellation);
        var ofOwners = new OwnerPrivileges(expected, actual);
        bool IsLeftOut(CatalogObject one) => _ignored.Contains(one) || ofOwners.Contains(one);
        return await use(scratch, expected.Without(IsLeftOut), Comparable(actual, expected, IsLeftOut), IsLeftOut);
    }

    /// <summary>The published objects of the applied migrations; <see langword="null"/> if there are none.</summary>
    private async Task<Catalog?> ReadPublishedAsync(DatabaseState state, CancellationToken cancellation)
    {
        var applied = Applied(state);
        if (session.ReadExpectedSchema() is not { } published
            || published.After([.. applied.Select(migration => migration.Id)]) is not { } expected)
        {
            return null;
        }

        var product = await session.Database.ReadProductAsync(cancellation);
        if (published.Product != product)
        {
            session.Reporter.Line(
                $"The expected objects are those of {published.Product}, but this server is {product}, "
                + "which may write the same definition differently. Publish on the same major version.");
        }

        return expected;
    }

    private List<ManifestMigration> Applied(DatabaseState state)
    {
        StateReport.RefuseIncomplete(state);
        return state.Unknown.Count == 0
            ? [.. session.Manifest.Migrations.Where(migration => state.IsApplied(migration.Id))]
            : throw new MigrationsException(
                DiagnosticCodes.Diverged,
                $"The database has {StateReport.List(state.Unknown)}, which this build doesn't have, so the expected objects are "
                + "unknown. Compare the database from the build that migrated it.");
    }

    /// <summary>Administrators create extensions, and not every server has the same ones.</summary>
    private static Catalog Comparable(Catalog actual, Catalog expected, Func<CatalogObject, bool> isLeftOut) =>
        actual.Without(one => isLeftOut(one) || (one.Kind == "extension" && expected.Find(one.Key) is null));

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
    public MigrationsException Failure(DatabaseState state, IReadOnlyList<CatalogDifference> differences) => new(new Diagnostic(
        DiagnosticCodes.SchemaDiffers, $"{Summary(state, differences)}.")
    {
        Hints =
        [
            .. session.IsDeployed
                ? Array.Empty<Hint>()
                : [new Hint("To draft a migration for the differences, run", VerbTable.Diff).With("DbDraft", "true")],
            Hint.Add("To leave out objects of other applications", "DbIgnore", "<names>"),
        ],
    });

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

    /// <summary>
    /// Refuses a database that differs, if the settings say so. A database without migrations is not compared, nor is a development
    /// database that follows the branch: the build doesn't have all of its migrations.
    /// </summary>
    /// <param name="state">The state of the database.</param>
    /// <param name="reversal">The migrations that are reverted first.</param>
    /// <exception cref="MigrationsException">It differs, or can't be compared.</exception>
    public async Task RefuseAsync(DatabaseState state, MigrationPlan reversal, CancellationToken cancellation)
    {
        if (!session.Request.Settings.RefusesDrift || state.Applied.Count == 0)
            return;
        if (reversal.Count > 0)
        {
            session.Reporter.Line("Not compared with its migrations, because this development database follows the branch");
            return;
        }

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

    /// <summary>The differences as the beginning of a sentence.</summary>
    public string Summary(DatabaseState state, IReadOnlyList<CatalogDifference> differences) =>
        $"{session.Database.Name} has {(differences.Count == 1 ? "1 difference" : $"{differences.Count} differences")} from its "
        + $"migrations up to {state.Chain.NameAt(state.Current)}: {Text(differences)}";

    /// <summary>The first few differences in one line.</summary>
    public static string Text(IReadOnlyList<CatalogDifference> differences) =>
        StateReport.List([.. differences.Select(difference => difference.Summary)]);
}
