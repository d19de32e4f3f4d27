using Microsoft.Data.Sqlite;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases.Sqlite;

/// <content>Checks of the history inside a transaction, because no lock lasts for a whole run.</content>
internal sealed partial class SqliteDatabase
{
    /// <summary>SQLite has RAISE in triggers only.</summary>
    public override IReadOnlyList<SqlCommand> TakeFromHistory(
        string id, IReadOnlyList<string> rows, IReadOnlyList<SqlCommand>? scripts = null)
    {
        var column = SqlText.Quote(History.IdColumn);
        var known = string.Join(", ", rows.Select((_, index) => FormattableString.Invariant($"${index + 2}")));
        return
        [
            SqlCommand.Own(
                $"""
                SELECT CASE
                    WHEN NOT EXISTS (SELECT 1 FROM {HistoryName} WHERE {column} = $1)
                        THEN fail_migration($1 || ' is not in the history')
                    WHEN EXISTS (SELECT 1 FROM {HistoryName} WHERE {column} > $1 AND {column} NOT IN ({known}))
                        THEN fail_migration('A newer migration than ' || $1 || ' was applied meanwhile')
                    END
                """,
                [id, .. rows]),
            .. scripts ?? [DeleteHistory(id)],
        ];
    }

    public override SqlCommand RequireRecorded(string id, bool isApplied) => SqlCommand.Own(
        $"""
        SELECT CASE WHEN {(isApplied ? "NOT " : "")}EXISTS (
            SELECT 1 FROM {HistoryName} WHERE {SqlText.Quote(History.IdColumn)} = $1) THEN fail_migration('not recorded') END
        """,
        id) with
    { Guards = FailureKind.NotRecorded };

    private static void CreateGuard(SqliteConnection connection) =>
        connection.CreateFunction<string, int>("fail_migration", message => throw new InvalidOperationException(message));
}
