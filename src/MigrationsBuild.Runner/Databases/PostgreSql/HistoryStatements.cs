using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>
/// Statements that fail unless the history is as expected: with a division by zero, because a <c>DO</c> block takes no parameters and needs
/// PL/pgSQL.
/// </summary>
/// <param name="table">The history table as it is written in SQL.</param>
/// <param name="idColumn">The name of its column of ids.</param>
internal sealed class HistoryStatements(string table, string idColumn)
{
    private const string Equal = "OPERATOR(pg_catalog.=)";

    private string Column => SqlText.Quote(idColumn);

    /// <summary>A DELETE that fails unless it deletes a row.</summary>
    /// <param name="delete">The statement that deletes the row.</param>
    public static SqlCommand RequireDeleted(SqlCommand delete) => delete with
    {
        Text = $"WITH taken AS ({delete.Text} RETURNING 1) SELECT 1 OPERATOR(pg_catalog./) pg_catalog.count(*) FROM taken",
    };

    /// <summary>Locks a row, which makes another run and EF Core's tool wait, and fails if there is none.</summary>
    public SqlCommand LockRow(string id) => SqlCommand.Own(
        $"""
        SELECT 1 OPERATOR(pg_catalog./) pg_catalog.count(*) FROM (SELECT 1 FROM {table} WHERE {Column} {Equal} $1 FOR UPDATE) taken
        """,
        id);

    /// <summary>Fails unless the history has a row, or unless it doesn't have it.</summary>
    public SqlCommand RequireRecorded(string id, bool isApplied) => SqlCommand.Own(
        $"""
        SELECT 1 OPERATOR(pg_catalog./)
               CASE WHEN {(isApplied ? "" : "NOT ")}EXISTS (SELECT 1 FROM {table} WHERE {Column} {Equal} $1) THEN 1 ELSE 0 END
        """,
        id) with
    { Guards = FailureKind.NotRecorded };
}
