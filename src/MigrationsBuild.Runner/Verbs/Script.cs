using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Execution;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Planning;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>
/// Writes SQL that brings a database from one revision to another, up or down, for <c>psql</c> or <c>sqlite3 -bail</c>. It reads a database
/// only if the range counts from the applied migrations.
/// </summary>
internal sealed class Script : IVerbHandler
{
    public Verb Definition => VerbTable.Script;

    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        session.SqlFiles.Verify();
        if (session.Request.Idempotent && SqlDialects.OfProvider(session.Manifest.Provider) != SqlDialect.PostgreSql)
        {
            throw new MigrationsException(
                DiagnosticCodes.InvalidSetting,
                "An idempotent script needs conditions around every statement, and only PostgreSQL's psql has them.",
                session.Manifest.History.Form is null
                    ? new Hint("To apply only the pending migrations, run", VerbTable.Migrate)
                    : new Hint("Name the newest migration of the database", VerbTable.Script, "<migration>:head"));
        }

        var chain = new MigrationChain(session.Manifest.Migrations.Select(migration => migration.Id));
        var (start, end) = await RangeAsync(session, chain, cancellation);
        var plan = new ScriptPlanner(session).Plan(chain, start, end);
        var script = new ScriptWriter(session).Write(plan, chain.NameAt(start), chain.NameAt(end));
        if (session.Request.OutputPath.Length == 0)
        {
            Print(session, script.TrimEnd().Split('\n'));
            return;
        }

        FileTransaction.WriteFile(session.Request.OutputPath, script);
        session.Reporter.Line($"Wrote {session.Request.OutputPath}");
    }

    /// <exception cref="MigrationsException">A log would show a line otherwise, and whoever runs what it shows would run something
    /// else.</exception>
    private static void Print(MigrationSession session, string[] lines)
    {
        if (Array.Find(lines, line => LogText.OneLine(line) != line) is { } odd)
        {
            throw new MigrationsException(
                DiagnosticCodes.InvalidSetting,
                "The script can't be printed as it is: a terminal or a build server would take a part of it for a command. "
                + $"The line: {odd.Trim()}.",
                Hint.Add("Write it to a file", "DbSqlFile", "script.sql"));
        }

        foreach (var line in lines)
            session.Reporter.Line(line);
    }

    private static async Task<(int Start, int End)> RangeAsync(
        MigrationSession session, MigrationChain chain, CancellationToken cancellation)
    {
        var text = RangeText(session.Request.To);
        var range = RevisionRange.Parse(text);
        if (!RevisionRange.NeedsCurrent(text))
            return range.In(chain, MigrationChain.Base);
        await session.ConnectAsync(cancellation);
        var state = await session.ReadStateAsync(cancellation);
        return range.In(state.Chain, state.Current);
    }

    /// <summary>A single revision means all migrations up to it.</summary>
    private static string RangeText(string revision) =>
        revision.Length == 0 || !RevisionRange.Is(revision) ? ":" + revision : revision;
}
