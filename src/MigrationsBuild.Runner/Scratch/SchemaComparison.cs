using MigrationsBuild.Diagnostics;
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

        var applied = session.Manifest.Migrations.Where(migration => state.IsApplied(migration.Id)).ToList();
        var actual = await session.ReadCatalogAsync(cancellation);
        await using var scratch = await ScratchDatabase.CreateAsync(session, applied, cancellation);
        await scratch.ApplyAsync(to: null, cancellation);
        var ignored = new IgnoredObjects(session.Request.Settings.Ignore);
        var expected = (await scratch.ReadCatalogAsync(cancellation)).Without(ignored.Contains);
        return [.. expected.DifferencesTo(actual.Without(ignored.Contains)).Where(difference => !IsOfAdministrator(difference))];
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
