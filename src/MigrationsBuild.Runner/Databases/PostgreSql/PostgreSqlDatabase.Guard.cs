using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <content>What is checked inside a transaction.</content>
internal sealed partial class PostgreSqlDatabase
{
    /// <summary>
    /// The lock on the row makes another run, and EF Core's tool, wait. Without a row the division by zero fails; a DO block could do the
    /// same, but takes no parameters and needs PL/pgSQL.
    /// </summary>
    public override IReadOnlyList<SqlCommand> TakeFromHistory(string id, IReadOnlyList<string> rows, IReadOnlyList<SqlCommand>? scripts = null)
    {
        if (scripts is not null)
        {
            return
            [
                SqlCommand.Own($"SELECT 1 OPERATOR(pg_catalog./) pg_catalog.count(*) FROM (SELECT 1 FROM {HistoryName} WHERE {IdColumn} {Equal} $1 FOR UPDATE) taken", id),
                .. scripts,
            ];
        }

        var delete = DeleteHistory(id);
        var text = $"WITH taken AS ({delete.Text} RETURNING 1) SELECT 1 OPERATOR(pg_catalog./) pg_catalog.count(*) FROM taken";
        return [delete with { Text = text }];
    }

    public override SqlCommand RequireRecorded(string id, bool isApplied) => SqlCommand.Own(
        $"SELECT 1 OPERATOR(pg_catalog./) CASE WHEN {(isApplied ? "" : "NOT ")}EXISTS (SELECT 1 FROM {HistoryName} WHERE {IdColumn} {Equal} $1) THEN 1 ELSE 0 END", id) with
    { Guards = FailureKind.NotRecorded };

    private string IdColumn => SqlText.Quote(History.IdColumn);
}
