namespace MigrationsBuild.Runner.Databases.Sqlite;

/// <summary>
/// Our own statements on the history and the journal. They check the history inside a transaction, because no lock lasts for a whole run.
/// SQLite has RAISE in triggers only, so they fail by a function of the session.
/// </summary>
internal static class SqliteStatements
{
    /// <summary>The name of the SQL function that fails with its argument as the message.</summary>
    public const string Fail = "fail_migration";

    /// <param name="journal">The journal's name as it is written in SQL.</param>
    public static SqlCommand CreateJournal(string journal) =>
        $"""
        CREATE TABLE IF NOT EXISTS {journal} (
            "Id" INTEGER PRIMARY KEY AUTOINCREMENT,
            "Context" TEXT NOT NULL,
            "MigrationId" TEXT NOT NULL,
            "Action" TEXT NOT NULL,
            "Hash" TEXT,
            "DownSql" TEXT,
            "Statements" INTEGER,
            "At" TEXT NOT NULL,
            "By" TEXT NOT NULL,
            "Milliseconds" INTEGER
        )
        """;

    /// <summary>Fails if the history doesn't have a migration, or has a newer one that it didn't have when the run was planned.</summary>
    /// <param name="table">The history table as it is written in SQL.</param>
    /// <param name="column">Its column of ids as it is written in SQL.</param>
    /// <param name="id">The migration.</param>
    /// <param name="rows">The ids in the history when the run was planned.</param>
    public static SqlCommand RequireRow(string table, string column, string id, IReadOnlyList<string> rows)
    {
        var known = string.Join(", ", rows.Select((_, index) => FormattableString.Invariant($"${index + 2}")));
        return SqlCommand.Own(
            $"""
            SELECT CASE
                WHEN NOT EXISTS (SELECT 1 FROM {table} WHERE {column} = $1)
                    THEN {Fail}($1 || ' is not in the history')
                WHEN EXISTS (SELECT 1 FROM {table} WHERE {column} > $1 AND {column} NOT IN ({known}))
                    THEN {Fail}('A newer migration than ' || $1 || ' was applied meanwhile')
                END
            """,
            [id, .. rows]);
    }

    /// <summary>Fails unless the history has a row, or unless it doesn't have it.</summary>
    public static SqlCommand RequireRecorded(string table, string column, string id, bool isApplied) => SqlCommand.Own(
        $"""
        SELECT CASE WHEN {(isApplied ? "NOT " : "")}EXISTS (
            SELECT 1 FROM {table} WHERE {column} = $1) THEN {Fail}('not recorded') END
        """,
        id) with
    { Guards = FailureKind.NotRecorded };

    /// <summary>Fails unless a query has the expected values: see <see cref="Database.RequireValues"/>.</summary>
    public static SqlCommand RequireValues(SqlCommand query, string expected, string message) => SqlCommand.Own(
        FormattableString.Invariant(
            $"""
            SELECT CASE WHEN coalesce((SELECT group_concat(value) FROM ({query.Text})), '') <> ${query.Parameters.Count + 1}
                THEN {Fail}(${query.Parameters.Count + 2}) END
            """),
        [.. query.Parameters, expected, message]) with
    { Guards = FailureKind.Blocked };
}
