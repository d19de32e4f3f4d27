using Microsoft.Data.Sqlite;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases;

/// <content>What is checked inside a transaction.</content>
internal sealed partial class SqliteDatabase
{
    /// <summary>SQLite has RAISE in triggers only.</summary>
    public override IReadOnlyList<SqlCommand> TakeFromHistory(string id) =>
    [
        $"""
        SELECT CASE WHEN EXISTS (SELECT 1 FROM {HistoryName} WHERE {SqlText.Quote(History.IdColumn)} = {SqlText.Literal(id)})
            THEN 1 ELSE fail_migration({SqlText.Literal(id + " is not in the history")}) END
        """,
        History.Delete(id),
    ];

    private static void CreateGuard(SqliteConnection connection) =>
        connection.CreateFunction<string, int>("fail_migration", message => throw new InvalidOperationException(message));
}
