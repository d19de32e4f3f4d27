using System.Text;
using MigrationsBuild.Contexts;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Planning;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Execution;

/// <summary>
/// Writes a plan as one SQL text: each migration is a transaction with its row of the history, and statements that can't be in a
/// transaction are between two of them. An idempotent script asks psql (<c>\gset</c>, <c>\if</c>). EF Core's wraps each statement into a DO
/// block, in which CREATE INDEX CONCURRENTLY and others can't run.
/// </summary>
/// <param name="session">The run.</param>
internal sealed class ScriptWriter(MigrationSession session)
{
    private readonly StringBuilder _script = new();

    private HistoryTable History => session.Manifest.History;

    private ScriptForm? Form => History.Form;

    private SqlDialect Dialect => SqlDialects.OfProvider(session.Manifest.Provider);

    private bool IsPostgreSql => Dialect == SqlDialect.PostgreSql;

    private string RunCommand => Dialect switch
    {
        SqlDialect.PostgreSql => "psql -f",
        SqlDialect.Sqlite => "sqlite3 -bail",
        // Without -I sqlcmd takes names in double quotes for literals, and without -x $(…) in a literal for a variable.
        _ when session.Manifest.Provider == SqlDialects.SqlServerProvider => "sqlcmd -b -I -x -i",
        _ => "the database's own tool, such that it ends at the first error",
    };

    /// <summary>The script of a plan.</summary>
    /// <param name="plan">The plan: see <see cref="ScriptPlanner"/>.</param>
    /// <param name="start">The revision of the database, for people.</param>
    /// <param name="end">The revision after the script, for people.</param>
    public string Write(MigrationPlan plan, string start, string end)
    {
        Line($"-- {session.Manifest.ShortName}: {start} to {end}");
        Line($"-- Run by: {RunCommand}");
        if (IsPostgreSql)
            Lines(PsqlSessionState.Begin);
        if (plan.Migrations.Any(ChangesSession))
            Lines(PsqlSessionState.Remember);
        if (plan.Direction == MigrationDirection.Up || session.Request.Idempotent)
            Batch(History.CreateScript.Trim());
        foreach (var squash in session.Request.Idempotent ? session.Manifest.Squashes : [])
            Write(squash);
        foreach (var migration in plan.Migrations)
            Write(migration);
        return _script.ToString();
    }

    private bool ChangesSession(PlannedMigration migration) => IsPostgreSql && PsqlSessionState.IsChangedBy(migration.Commands);

    /// <summary>Records a squashed migration in a database that has all it replaces, and stops on one that has only a part.</summary>
    private void Write(Squash squash)
    {
        var (column, replaced) = (SqlText.Quote(History.IdColumn), string.Join(", ", squash.Replaced.Select(SqlText.Literal)));
        var message = $"The database has only a part of the {squash.Replaced.Count} migrations that {squash.Id} replaces. "
            + "Deploy a release from before the squash first";
        Line("");
        Line($"-- {squash.Id} replaces {squash.Replaced.Count} migrations");
        Line($"SELECT count(*) = {squash.Replaced.Count} AS migrations_build_all, count(*) > 0 AS migrations_build_some");
        Line($"FROM {History.SqlName} WHERE {column} IN ({replaced}) AND NOT EXISTS (");
        Line($"    SELECT FROM {History.SqlName} WHERE {column} = {SqlText.Literal(squash.Id)}) \\gset");
        Line("\\if :migrations_build_all");
        Batch("BEGIN;");
        foreach (var id in squash.Replaced)
            Record(History.DeleteScript is { } any ? ScriptForm.Fill(any, id) : History.Delete(id));
        var own = session.Manifest.Migrations.FirstOrDefault(migration => MigrationId.Equality.Equals(migration.Id, squash.Id));
        Record(own?.Recording?.Insert ?? History.Insert(squash.Id, session.Manifest.EfVersion));
        Batch("COMMIT;");
        Line("\\elif :migrations_build_some");
        Line($"DO $$ BEGIN RAISE EXCEPTION {SqlText.Literal(message.Replace("%", "%%"))}; END $$;");
        Line("\\endif");
    }

    private void Write(PlannedMigration migration)
    {
        Line("");
        Line($"-- {migration.Id}");
        if (session.Request.Idempotent)
        {
            var condition = migration.Direction == MigrationDirection.Up ? "NOT EXISTS" : "EXISTS";
            Line($"SELECT {condition} (SELECT FROM {History.SqlName} WHERE {SqlText.Quote(History.IdColumn)} = "
                + $"{SqlText.Literal(migration.Id)}) AS migrations_build_runs \\gset");
            Line("\\if :migrations_build_runs");
        }

        // The history's row is in the last transaction: a script that stops before it can be continued from there by hand.
        List<MigrationStretch> stretches = [.. MigrationSteps.Of(migration.Commands).Stretches];
        if (stretches is not [.., { IsTransaction: true }])
            stretches.Add(new MigrationStretch(true, []));
        foreach (var stretch in stretches)
            Write(stretch, stretch == stretches[^1] ? Recording(migration) : null, ChangesSession(migration));
        if (session.Request.Idempotent)
            Line("\\endif");
    }

    /// <summary>The statements that write the migration into the history, or delete it there.</summary>
    private string Recording(PlannedMigration migration) => migration.Direction == MigrationDirection.Up
        ? migration.Source!.Recording?.Insert ?? History.Insert(migration.Id, session.Manifest.EfVersion)
        : migration.Source!.Recording?.Delete ?? History.Delete(migration.Id);

    private void Write(MigrationStretch stretch, string? recording, bool restoresSession)
    {
        if (stretch.IsTransaction)
            Batch(Form?.Begin ?? "BEGIN;");
        foreach (var command in stretch.Commands)
            Batch(Terminated(command.Text));
        if (recording is not null)
        {
            if (restoresSession)
                Lines(PsqlSessionState.Restore);
            Record(recording);
        }

        if (stretch.IsTransaction)
            Batch(Form?.Commit ?? "COMMIT;");
    }

    private void Record(string recording)
    {
        foreach (var statement in Form is null ? session.SqlFiles.Parse(recording).Select(command => command.Text) : [recording])
            Batch(Terminated(statement));
    }

    private string Terminated(string text)
    {
        if (Form is not null && (Form.BatchTerminator.Length > 0 || text.EndsWith(';')))
            return text;
        return EndsInLineComment(text) ? text + "\n;" : text + ";";
    }

    private bool EndsInLineComment(string text) => SqlLexer.Tokenize(text, Dialect).Last().Kind == SqlTokenKind.LineComment;

    private void Batch(string text)
    {
        Line(text);
        if (Form is { BatchTerminator.Length: > 0 })
            Line(Form.BatchTerminator);
    }

    private void Lines(IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
            Line(line);
    }

    private void Line(string text) => _script.Append(text).Append('\n');
}
