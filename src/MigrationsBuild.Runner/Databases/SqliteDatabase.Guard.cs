using Microsoft.Data.Sqlite;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases;

/// <content>What is checked inside a transaction: no lock spans a whole run.</content>
internal sealed partial class SqliteDatabase
{
    /// <summary>SQLite has RAISE in triggers only.</summary>
    public override IReadOnlyList<SqlCommand> TakeFromHistory(string id, IReadOnlyList<string> rows)
    {
        var (column, literal) = (SqlText.Quote(History.IdColumn), SqlText.Literal(id));
        var known = string.Join(", ", rows.Select(SqlText.Literal));
        return
        [
            $"""
            SELECT CASE
                WHEN NOT EXISTS (SELECT 1 FROM {HistoryName} WHERE {column} = {literal})
                    THEN fail_migration({literal} || ' is not in the history')
                WHEN EXISTS (SELECT 1 FROM {HistoryName} WHERE {column} > {literal} AND {column} NOT IN ({known}))
                    THEN fail_migration('A newer migration than ' || {literal} || ' was applied meanwhile')
                END
            """,
            History.Delete(id),
        ];
    }

    private static void CreateGuard(SqliteConnection connection) =>
        connection.CreateFunction<string, int>("fail_migration", message => throw new InvalidOperationException(message));
}
