using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Scratch;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>
/// Compares a database with what its applied migrations produce on a scratch database. Writes nothing to the database, and reads only its
/// catalogs and its history.
/// </summary>
internal sealed class Diff : IVerbHandler
{
    public Verb Definition => VerbTable.Diff;

    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        session.SqlFiles.Verify();
        await session.ConnectToExistingAsync("compare", cancellation);

        var state = await session.ReadStateAsync(cancellation);
        if (session.Request.Draft)
            await DraftAsync(session, state, cancellation);
        else
            Report(session, state, await new SchemaComparison(session).ReadAsync(state, cancellation));
    }

    /// <summary>Writes the differences as a script, and reports the statements of a migration for them.</summary>
    private static async Task DraftAsync(MigrationSession session, DatabaseState state, CancellationToken cancellation)
    {
        if (state.Pending.Count > 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.Pending,
                $"{session.Database.Name} doesn't have {StateReport.List([.. state.Pending.Select(migration => migration.Id)])}, and a new "
                + "migration would come after these, so nothing was drafted.",
                Hint.Run(VerbTable.Migrate));
        }

        var draft = await new SchemaComparison(session).UseAsync(
            state,
            (scratch, expected, actual, isLeftOut) => SchemaDraft.CreateAsync(scratch, expected, actual, isLeftOut, cancellation),
            cancellation);
        if (draft.Up.Count == 0)
        {
            ReportNotWritten(session, draft);
            Report(session, state, draft.Differences);
            return;
        }

        Show(session, state, draft.Differences);
        ReportNotWritten(session, draft);
        var path = ScriptPath(session);
        FileTransaction.WriteFile(path, UndoScript(session, state, draft));
        session.Reporter.Line(
            $"Wrote {path}, a script that undoes the differences in {session.Database.Name}. The script was not run");
        void Send(string direction, IEnumerable<string> texts)
        {
            foreach (var text in texts)
                session.Reporter.Result(new MessageLine(RunnerMessages.Draft).With("direction", direction).With("text", text));
        }

        Send("remark", draft.NotWritten.Select(one => $"Not written: {LogText.OneLine(one.Summary)}"));
        Send("up", draft.Up.Select(statement => statement + ";"));
        Send("down", draft.Down.Select(statement => statement + ";"));
    }

    private static void ReportNotWritten(MigrationSession session, SchemaDraft draft)
    {
        if (draft.NotWritten.Count > 0)
        {
            var (role, them) = draft.MissingRoles.Count == 1 ? ("role", "it") : ("roles", "them");
            var roles = draft.MissingRoles.Count == 0 ? ""
                : $" The server of the scratch database doesn't have the {role} {StateReport.List(draft.MissingRoles)}. "
                    + $"Create {them} there with CREATE ROLE, and run the command again.";
            session.Reporter.Diagnostic(new Diagnostic(
                DiagnosticCodes.NotWrittenAsSql,
                $"These differences can't be written as SQL: {StateReport.List([.. draft.NotWritten.Select(one => one.Summary)])}."
                + roles));
        }
    }

    /// <summary>The file of the script. Calls for different databases must not replace each other's.</summary>
    private static string ScriptPath(MigrationSession session)
    {
        if (session.Request.OutputPath.Length > 0)
            return session.Request.OutputPath;
        var database = string.Join('_', session.Database.Name.Split(Path.GetInvalidFileNameChars()));
        return Path.Combine(session.Request.OutputFolder, $"{session.Manifest.ShortName}.{database}.sql");
    }

    private static string UndoScript(MigrationSession session, DatabaseState state, SchemaDraft draft) => string.Concat(
    [
        LogText.OneLine($"-- Makes {session.Database.Name} agree with its migrations up to {state.Chain.NameAt(state.Current)}.") + "\n",
        .. draft.Undo.NotWritable.Select(one => LogText.OneLine($"-- Not written: {one.Object.Kind} {one.Object.Name}") + "\n"),
        SqlDialects.OfProvider(session.Manifest.Provider) == SqlDialect.PostgreSql ? PsqlSessionState.Encoding + "\n" : "",
        "BEGIN;\n",
        .. draft.Undo.Statements.Select(statement => $"{statement};\n"),
        "COMMIT;\n",
    ]);

    private static void Show(MigrationSession session, DatabaseState state, IReadOnlyList<CatalogDifference> differences)
    {
        new SchemaComparison(session).Show(differences);
        session.Reporter.Result(new MessageLine(RunnerMessages.Done)
            .With("verb", VerbTable.Diff.Name).With("count", differences.Count).With("at", state.Chain.NameAt(state.Current)));
        if (session.Request.Verbose)
            session.Reporter.Line($"Not compared: {session.Database.NotCompared(session.Request.ComparesPrivileges)}");
    }

    private static void Report(MigrationSession session, DatabaseState state, IReadOnlyList<CatalogDifference> differences)
    {
        Show(session, state, differences);
        if (differences.Count == 0)
        {
            session.Reporter.Line($"No difference; at {state.Chain.NameAt(state.Current)}");
            return;
        }

        throw new SchemaComparison(session).Failure(state, differences);
    }
}
