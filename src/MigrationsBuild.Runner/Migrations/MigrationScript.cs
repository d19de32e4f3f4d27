using System.Text;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>
/// Migrations as one SQL text: each a transaction with its row of the history, what can't be in one between two of them. An idempotent
/// one asks psql (<c>\gset</c>, <c>\if</c>): EF Core's wraps each statement into a DO block, in which CREATE INDEX CONCURRENTLY and much
/// else can't run.
/// </summary>
/// <param name="session">The run.</param>
internal sealed class MigrationScript(MigrationSession session)
{
    private readonly StringBuilder _script = new();

    private HistoryTable History => session.Manifest.History;

    private ScriptForm? Form => History.Form;

    private string HowToRun => SqlDialects.OfProvider(session.Manifest.Provider) switch
    {
        SqlDialect.PostgreSql => "psql -f",
        SqlDialect.Sqlite => "sqlite3 -bail",
        // Without -I sqlcmd takes names in double quotes for literals, and without -x $(…) in a literal for a variable.
        _ when session.Manifest.Provider == SqlDialects.SqlServerProvider => "sqlcmd -b -I -x -i",
        _ => "the database's own tool, such that it ends at the first error",
    };

    /// <summary>The script from one position of the build's chain to another.</summary>
    /// <param name="start">Where the database is.</param>
    /// <param name="end">Where it shall be; before the start, it is reverted.</param>
    /// <exception cref="MigrationsException">A migration on the way isn't approved, or can't be reverted.</exception>
    public string Write(int start, int end)
    {
        var chain = new MigrationChain(session.Manifest.Migrations.Select(migration => migration.Id));
        Line($"-- {session.Manifest.ShortName}: {chain.NameAt(start)} to {chain.NameAt(end)}");
        Line($"-- Run by: {HowToRun}");
        if (IsPostgreSql)
            Lines(ScriptState.Begin);
        if (IsPostgreSql && Included(chain, start, end).Any(ScriptState.IsLeftBehindBy))
            Lines(ScriptState.Remember);
        if (start < end || session.Request.Idempotent)
            Batch(History.CreateScript.Trim());
        for (var position = start + 1; position <= end; position++)
            WriteUp(session.Manifest.Find(chain.Ids[position]));
        for (var position = start; position > end; position--)
            WriteDown(session.Manifest.Find(chain.Ids[position]));
        return _script.ToString();
    }

    private bool IsPostgreSql => SqlDialects.OfProvider(session.Manifest.Provider) == SqlDialect.PostgreSql;

    /// <summary>The statements of each migration on the way.</summary>
    private IEnumerable<IReadOnlyList<SqlCommand>> Included(MigrationChain chain, int start, int end) =>
        Enumerable.Range(Math.Min(start, end) + 1, Math.Abs(end - start))
            .Select(position => session.Manifest.Find(chain.Ids[position]))
            .Select(migration => start < end ? migration.UpPath : migration.DownPath)
            .OfType<string>()
            .Select(session.Scripts.Statements);

    private void WriteUp(ManifestMigration migration)
    {
        RequireApproved(migration);
        if (migration.UpPath is null)
            throw new MigrationsException(DiagnosticCodes.NotEmittable, $"{migration.Id} has no SQL, so there is no script{(migration.Reason is null ? "" : $": {migration.Reason}")}.");
        WriteMigration(migration, session.Scripts.Statements(migration.UpPath), migration.Recording?.Insert ?? History.Insert(migration.Id, session.Manifest.EfVersion), "NOT EXISTS");
    }

    private void WriteDown(ManifestMigration migration)
    {
        RequireApproved(migration);
        if (migration.DownPath is null)
            throw new MigrationsException(DiagnosticCodes.Irreversible, $"{migration.Id} can't be reverted, so there is no script{(migration.Reason is null ? "" : $": {migration.Reason}")}.");
        WriteMigration(migration, session.Scripts.Statements(migration.DownPath), migration.Recording?.Delete ?? History.Delete(migration.Id), "EXISTS");
    }

    private void WriteMigration(ManifestMigration migration, IReadOnlyList<SqlCommand> commands, string history, string condition)
    {
        Line("");
        Line($"-- {migration.Id}");
        if (session.Request.Idempotent)
        {
            Line($"SELECT {condition} (SELECT FROM {History.SqlName} WHERE {SqlText.Quote(History.IdColumn)} = {SqlText.Literal(migration.Id)}) AS migrations_build_runs \\gset");
            Line("\\if :migrations_build_runs");
        }

        // The history's row stands in the last transaction: a script that stops before it can be run again from there by hand.
        List<MigrationStretch> stretches = [.. MigrationSteps.Of(commands).Stretches];
        if (stretches is not [.., { IsTransaction: true }])
            stretches.Add(new MigrationStretch(true, []));
        var restores = IsPostgreSql && ScriptState.IsLeftBehindBy(commands);
        foreach (var stretch in stretches)
            WriteStretch(stretch, stretch == stretches[^1] ? history : null, restores);
        if (session.Request.Idempotent)
            Line("\\endif");
    }

    private void WriteStretch(MigrationStretch stretch, string? history, bool restores)
    {
        if (stretch.IsTransaction)
            Batch(Form?.Begin ?? "BEGIN;");
        foreach (var command in stretch.Commands)
            Batch(Terminated(command.Text));
        if (history is not null && restores)
            Lines(ScriptState.Restore);
        foreach (var statement in history is null ? [] : Form is not null ? [history] : session.Scripts.Parse(history).Select(command => command.Text))
            Batch(Terminated(statement));
        if (stretch.IsTransaction)
            Batch(Form?.Commit ?? "COMMIT;");
    }

    private string Terminated(string text) =>
        Form is not null && (Form.BatchTerminator.Length > 0 || text.EndsWith(';')) ? text
        : EndsInLineComment(text) ? text + "\n;" : text + ";";

    private bool EndsInLineComment(string text) =>
        SqlLexer.Tokenize(text, SqlDialects.OfProvider(session.Manifest.Provider)).Last().Kind == SqlTokenKind.LineComment;

    private static void RequireApproved(ManifestMigration migration)
    {
        if (migration.State != MigrationState.Approved)
        {
            throw new MigrationsException(
                DiagnosticCodes.ApplyUnapproved,
                $"{migration.Id} isn't approved, so no script can contain it.",
                Hint.Run(VerbTable.Approve, migration.Id));
        }

    }

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
