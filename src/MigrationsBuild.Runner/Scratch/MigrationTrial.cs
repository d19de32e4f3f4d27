using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Planning;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Scratch;

/// <summary>Applies, reverts and applies migrations on a scratch database, one after the other, and compares its objects.</summary>
/// <param name="session">The run, which gets the lines.</param>
/// <param name="scratch">The scratch database, at the migration before the first one.</param>
/// <param name="ignored">The objects that aren't compared.</param>
internal sealed class MigrationTrial(MigrationSession session, ScratchDatabase scratch, IgnoredObjects ignored)
{
    private Catalog? _before;

    /// <summary>Whether the database isn't as expected, so that nothing can be said about the next migration.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The objects of the database.</summary>
    public async Task<Catalog> ReadAsync(CancellationToken cancellation) =>
        (await scratch.ReadCatalogAsync(cancellation)).Without(ignored.Contains);

    /// <summary>Tries the next migration.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="previous">The id of the migration before it; <see langword="null"/> if it is the first one.</param>
    /// <returns>Why it isn't verified; empty if it is.</returns>
    /// <exception cref="MigrationsException">A statement failed.</exception>
    public async Task<IReadOnlyList<Diagnostic>> RunAsync(ManifestMigration migration, string? previous, CancellationToken cancellation)
    {
        _before ??= await ReadAsync(cancellation);
        var locks = await MeasureAsync(migration, cancellation);
        await scratch.ApplyAsync(migration.Id, cancellation);
        var after = await ReadAsync(cancellation);
        if (migration.DownPath is null)
        {
            var why = migration.Reason is { } reason ? $": {reason}" : "";
            session.Reporter.Line($"  {migration.Id}  applied; it can't be reverted{why}");
            ShowLocks(locks);
            _before = after;
            return [];
        }

        var findings = new List<Diagnostic>();
        await scratch.RevertAsync(previous, cancellation);
        var (kept, left) = Divide(_before.DifferencesTo(await ReadAsync(cancellation)));
        if (kept.Count > 0)
            session.Reporter.Line($"  {migration.Id}  reverting keeps objects, as in EF Core: {SchemaComparison.Text(kept)}");
        if (left.Count > 0)
        {
            session.Reporter.Line($"  {migration.Id}  reverting doesn't restore the database, so the verification ends here");
            IsOver = true;
            return [Finding(migration.DownPath, $"Reverting {migration.Id} doesn't restore the database", left)];
        }

        await scratch.ApplyAsync(migration.Id, cancellation);
        _before = await ReadAsync(cancellation);
        if (after.DifferencesTo(_before) is { Count: > 0 } changed)
            findings.Add(Finding(migration.UpPath!, $"Applying {migration.Id} a second time has another result", changed));
        session.Reporter.Line($"  {migration.Id}  applied, reverted, applied again");
        ShowLocks(locks);
        return findings;
    }

    /// <summary>Measures the locks of the next migration, and reports those that its SQL doesn't show.</summary>
    /// <returns>All locks as lines.</returns>
    private async Task<IReadOnlyList<string>> MeasureAsync(ManifestMigration migration, CancellationToken cancellation)
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

    private void ShowLocks(IReadOnlyList<string> locks)
    {
        foreach (var line in session.Request.Verbose ? locks : [])
            session.Reporter.Line($"    {line}");
    }

    /// <summary>EF Core's migrations never drop the extensions and schemas that they have created, because others may use them.</summary>
    private static (IReadOnlyList<CatalogDifference> Kept, IReadOnlyList<CatalogDifference> Left) Divide(
        IReadOnlyList<CatalogDifference> differences)
    {
        var kept = differences.Where(one => one is { Expected: null, Object.Kind: "extension" or "schema" }).ToList();
        return (kept, [.. differences.Except(kept)]);
    }

    private Diagnostic Finding(string path, string what, IReadOnlyList<CatalogDifference> differences) => new(
        DiagnosticCodes.NotVerified,
        $"{what}: {SchemaComparison.Text(differences)}.",
        new Hint("Correct Up() and Down() of the migration, then run", VerbTable.Verify),
        new Location(session.SqlFiles.Absolute(path), 1, 1));
}
