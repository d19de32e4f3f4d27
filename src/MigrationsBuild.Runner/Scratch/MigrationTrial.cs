using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Planning;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Scratch;

/// <summary>Applies, reverts and applies migrations on a scratch database, one after the other, and compares its objects.</summary>
/// <param name="session">The run, which gets the lines.</param>
/// <param name="rows">The number of generated rows in each table before a migration; 0 for none.</param>
/// <param name="ignored">The objects that aren't compared.</param>
internal sealed class MigrationTrial(MigrationSession session, int rows, IgnoredObjects ignored) : IAsyncDisposable
{
    private ScratchDatabase? _scratch;
    private RowGenerator? _generator;
    private Catalog? _before;
    private string? _startsAgainAt;

    private ScratchDatabase Scratch => _scratch ?? throw new InvalidOperationException("Not started.");

    /// <summary>Creates the scratch database, in place of the current one if there is one.</summary>
    /// <param name="at">The id of the newest migration that it has; <see langword="null"/> for none.</param>
    /// <exception cref="MigrationsException">There is no server for it, or a statement failed.</exception>
    public async Task StartAsync(string? at, CancellationToken cancellation)
    {
        await DisposeAsync();
        _startsAgainAt = null;
        _scratch = await ScratchDatabase.CreateAsync(session, session.Manifest.Migrations, cancellation);
        _generator = rows > 0 ? new RowGenerator(Scratch.Session, rows) : null;
        if (at is not null)
            await Scratch.ApplyAsync(at, cancellation);
        _before = await ReadAsync(cancellation);
    }

    /// <summary>The objects of the database after the migration that was tried last.</summary>
    public async Task<Catalog> ReadResultAsync(CancellationToken cancellation)
    {
        await StartAgainAsync(cancellation);
        return await ReadAsync(cancellation);
    }

    /// <summary>Tries the next migration. If it fails on the generated rows, that is a warning, and it is tried without rows.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="previous">The id of the migration before it; <see langword="null"/> if it is the first one.</param>
    /// <returns>Why it isn't verified; empty if it is.</returns>
    /// <exception cref="MigrationsException">A statement failed.</exception>
    public async Task<IReadOnlyList<Diagnostic>> RunAsync(ManifestMigration migration, string? previous, CancellationToken cancellation)
    {
        await StartAgainAsync(cancellation);
        if (_generator is not { } generator)
            return await TryAsync(migration, previous, cancellation);
        foreach (var problem in await generator.FillAsync(cancellation))
            session.Reporter.Line($"  Not filled: {problem}");
        try
        {
            return await TryAsync(migration, previous, cancellation);
        }
        catch (MigrationsException failure) when (failure.InnerException is SqlFailure { Violation: { } violation } cause)
        {
            session.Reporter.Diagnostic(Measured(failure.Diagnostic, cause, violation));
        }

        await StartAsync(previous, cancellation);
        return await TryAsync(migration, previous, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_scratch is not null)
            await _scratch.DisposeAsync();
        _scratch = null;
    }

    /// <summary>Replaces a database that is no longer as after the migration that was tried last.</summary>
    private async Task StartAgainAsync(CancellationToken cancellation)
    {
        if (_startsAgainAt is { } at)
            await StartAsync(at, cancellation);
    }

    private async Task<Catalog> ReadAsync(CancellationToken cancellation) =>
        (await Scratch.ReadCatalogAsync(cancellation)).Without(ignored.Contains);

    private async Task<IReadOnlyList<Diagnostic>> TryAsync(ManifestMigration migration, string? previous, CancellationToken cancellation)
    {
        var assertions = Assertions.Of(session.SqlFiles, migration.UpPath);
        var findings = new List<Diagnostic>();
        async Task AssertAsync(Func<Assertions, Task<IReadOnlyList<Diagnostic>>> run) =>
            findings.AddRange(assertions is null ? [] : await run(assertions));

        await AssertAsync(all => all.BeforeAsync(Scratch.Session.Database, cancellation));
        var locks = await MeasureAsync(migration, cancellation);
        await Scratch.ApplyAsync(migration.Id, cancellation);
        var after = await ReadAsync(cancellation);
        await AssertAsync(all => all.AfterAsync(Scratch.Session.Database, cancellation));
        if (migration.DownPath is null)
        {
            var why = migration.Reason is { } reason ? $": {reason}" : "";
            session.Reporter.Line($"  {migration.Id}  applied; it can't be reverted{why}");
            ShowLocks(locks);
            _before = after;
            return findings;
        }

        await Scratch.RevertAsync(previous, cancellation);
        var (kept, left) = Divide(_before!.DifferencesTo(await ReadAsync(cancellation)));
        if (kept.Count > 0)
            session.Reporter.Line($"  {migration.Id}  not restored, as in EF Core: {SchemaComparison.Text(kept)}");
        if (left.Count > 0)
        {
            session.Reporter.Line($"  {migration.Id}  reverting doesn't restore the database");
            ShowLocks(locks);
            _startsAgainAt = migration.Id;
            return [.. findings, Finding(migration, $"Reverting {migration.Id} doesn't restore the database", left)];
        }

        await Scratch.ApplyAsync(migration.Id, cancellation);
        _before = await ReadAsync(cancellation);
        if (Divide(after.DifferencesTo(_before)).Left is { Count: > 0 } changed)
            findings.Add(Finding(migration, $"Applying {migration.Id} a second time has another result", changed));
        if (findings.Count == 0)
            await AssertAsync(all => all.AfterAsync(Scratch.Session.Database, cancellation));
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
            var (findings, lines) = await new LockMeasurements(Scratch.Session, rows > 0).RunAsync(migration, cancellation);
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

    /// <summary>
    /// EF Core's migrations never drop the extensions and schemas that they have created, because others may use them. To add a required
    /// column, EF Core needs a default that is not in the model. On SQLite a table that is rebuilt later loses it.
    /// </summary>
    private (IReadOnlyList<CatalogDifference> Kept, IReadOnlyList<CatalogDifference> Left) Divide(
        IReadOnlyList<CatalogDifference> differences)
    {
        var isSqlite = SqlDialects.OfProvider(session.Manifest.Provider) == SqlDialect.Sqlite;
        var kept = differences
            .Where(one => one is { Expected: null, Object.Kind: "extension" or "schema" }
                || (isSqlite && ModelComparison.IsKeptDefault(new CatalogDifference(one.Actual, one.Expected))))
            .ToList();
        return (kept, [.. differences.Except(kept)]);
    }

    private Diagnostic Finding(ManifestMigration migration, string what, IReadOnlyList<CatalogDifference> differences)
    {
        var cause = differences.Select(difference => Cause(migration, difference)).FirstOrDefault(found => found is not null);
        var statement = cause is null ? "" : $" The statement: {LogText.OneLine(cause.Statement.Text.Split('\n')[0].TrimEnd())}.";
        return new Diagnostic(
            DiagnosticCodes.NotVerified,
            $"{what}: {SchemaComparison.Text(differences)}.{statement}",
            new Hint("Correct Up() and Down() of the migration, then run", VerbTable.Verify),
            cause is null
                ? new Location(session.SqlFiles.Absolute(migration.DownPath!), 1, 1)
                : session.SqlFiles.LocationOf(cause.Path, cause.Statement, position: 0));
    }

    /// <summary>
    /// The first statement that names the object of a difference: in <c>Down</c> if the object is missing, else in <c>Up</c>.
    /// </summary>
    private NamingStatement? Cause(ManifestMigration migration, CatalogDifference difference)
    {
        var path = difference.Actual is null ? migration.DownPath! : migration.UpPath!;
        var dialect = SqlDialects.OfProvider(session.Manifest.Provider);
        var local = difference.Object.LocalName;
        // The arguments of a function follow its name.
        var name = ObjectName.Parse(local.EndsWith(')') ? local[..local.LastIndexOf('(')] : local).Name;
        var statement = session.SqlFiles.Statements(path).Select(command => command.Statement!)
            .FirstOrDefault(statement => ObjectName.IsNamedIn(statement.Text, name, dialect));
        return statement is null ? null : new NamingStatement(path, statement);
    }

    /// <summary>A statement of a migration.</summary>
    /// <param name="Path">The path of its file, as the manifest has it.</param>
    /// <param name="Statement">The statement.</param>
    private sealed record NamingStatement(string Path, SqlStatement Statement);

    /// <summary>The finding of the lint that foresees such a failure, at the statement.</summary>
    private Diagnostic Measured(Diagnostic failure, SqlFailure cause, RowViolation violation)
    {
        var addsColumn = cause.Command?.Statement is { Words: ["ALTER", "TABLE", ..] } statement && statement.Words.Contains("ADD");
        var code = violation switch
        {
            RowViolation.Null when addsColumn => DiagnosticCodes.RequiredWithoutDefault,
            RowViolation.Null => DiagnosticCodes.NullsInRows,
            RowViolation.Duplicate => DiagnosticCodes.UniqueOnRows,
            RowViolation.Constraint => DiagnosticCodes.DefaultViolatesConstraint,
            _ => DiagnosticCodes.LossyTypeChange,
        };
        return new Diagnostic(
            code, $"Measured: with {rows} generated rows in each table, the statement fails: {cause.Message}.", failure.Location)
        {
            Severity = Severity.Warning,
        };
    }
}
