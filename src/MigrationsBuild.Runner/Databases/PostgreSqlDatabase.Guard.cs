namespace MigrationsBuild.Runner.Databases;

/// <content>What is checked inside a transaction.</content>
internal sealed partial class PostgreSqlDatabase
{
    /// <summary>
    /// The lock on the row makes another run, and EF Core's tool, wait. Without a row the division by zero fails; a DO block could do the
    /// same, but takes no parameters and needs PL/pgSQL.
    /// </summary>
    public override IReadOnlyList<SqlCommand> TakeFromHistory(string id, IReadOnlyList<string> rows)
    {
        var delete = DeleteHistory(id);
        var text = $"WITH taken AS ({delete.Text} RETURNING 1) SELECT 1 OPERATOR(pg_catalog./) pg_catalog.count(*) FROM taken";
        return [delete with { Text = text }];
    }
}
