using Microsoft.Data.Sqlite;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases;

/// <content>What is checked inside a transaction.</content>
internal sealed partial class SqliteDatabase
{
    /// <summary>SQLite has RAISE in triggers only.</summary>
    public override IReadOnlyList<SqlCommand> TakeFromHistory(string id) =>
    [
        SqlCommand.Own(
            $"SELECT CASE WHEN EXISTS (SELECT 1 FROM {HistoryName} WHERE {SqlText.Quote(History.IdColumn)} = $1) THEN 1 ELSE fail_migration($2) END",
            id, $"{id} is not in the history"),
        DeleteHistory(id),
    ];

    private static void CreateGuard(SqliteConnection connection) =>
        connection.CreateFunction<string, int>("fail_migration", message => throw new InvalidOperationException(message));
}
