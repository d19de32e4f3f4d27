using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Scratch;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>
/// Writes the objects that the migrations produce as SQL for an empty database. It connects to scratch databases only, so that the result
/// doesn't depend on another database.
/// </summary>
internal sealed class Schema : IVerbHandler
{
    public Verb Definition => VerbTable.Schema;

    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        session.SqlFiles.Verify();
        await using var scratch = await ScratchDatabase.CreateAsync(session, session.Manifest.Migrations, cancellation);
        var initial = await scratch.ReadCatalogAsync(cancellation);
        await scratch.ApplyAsync(to: null, cancellation);
        var all = await scratch.ReadCatalogAsync(cancellation);
        // The schema of the history is there before the migrations. They may use it.
        var schema = all.Without(one => initial.Find(one.Key) is not null && !all.Objects.Any(other => other.Needs.Contains(one.Key)));
        var statements = new CatalogScript(Catalog.Empty, schema, scratch.Session.Database.Objects).PlainStatements;
        var left = await ProveAsync(session, schema, statements, cancellation);
        if (left.Count > 0)
        {
            session.Reporter.Diagnostic(new Diagnostic(
                DiagnosticCodes.NotWrittenAsSql,
                $"The schema file can't contain {StateReport.List([.. left.Select(one => one.Summary)])}."));
        }

        session.Reporter.Result(new MessageLine(RunnerMessages.Schema).With("text", string.Join(
            "\n",
            [
                .. left.Select(one => LogText.OneLine($"-- Not written: {one.Object.Kind} {one.Object.Name}") + "\n"),
                .. statements.Select(statement => $"{statement};\n"),
            ])));
    }

    /// <summary>Executes the statements on a second scratch database.</summary>
    /// <returns>The differences that they leave.</returns>
    private static async Task<IReadOnlyList<CatalogDifference>> ProveAsync(
        MigrationSession session, Catalog schema, IReadOnlyList<string> statements, CancellationToken cancellation)
    {
        await using var empty = await ScratchDatabase.CreateAsync(session, [], cancellation);
        try
        {
            await empty.ExecuteTogetherAsync(statements, cancellation);
        }
        catch (SqlFailure failure)
        {
            throw new MigrationsException(
                DiagnosticCodes.SqlFailed,
                $"The SQL of the whole schema fails on an empty database: {failure.Message}: {failure.Command?.Text.Split('\n')[0]}",
                inner: failure);
        }

        var result = await empty.ReadCatalogAsync(cancellation);
        return [.. schema.AllDifferencesTo(result).Where(one => one.Expected is not null)];
    }
}
