namespace MigrationsBuild.Sql;

/// <summary>Finds the statements that create, change or drop tables, or delete all of their rows.</summary>
/// <remarks>
/// The bodies of functions, triggers and procedures are skipped, because they aren't executed. PostgreSQL's <c>DO</c> is, and so are the
/// literals that it executes.
/// </remarks>
internal static class SqlChanges
{
    private static readonly string[] _routines = ["PROCEDURE", "PROC", "FUNCTION", "TRIGGER", "EVENT"];

    /// <summary>The changes, in order.</summary>
    /// <param name="sql">Any SQL text.</param>
    /// <param name="dialect">The dialect of the SQL.</param>
    public static IEnumerable<SqlChange> In(string sql, SqlDialect dialect)
    {
        var depth = 0;
        var isRoutine = false;
        foreach (var statement in SqlScript.Parse(sql, dialect))
        {
            // In other dialects the body of a routine ends with the END of its BEGIN or, without them, with the batch.
            if (dialect == SqlDialect.Other && (isRoutine || IsRoutine(statement)))
            {
                var hasBlock = isRoutine && depth > 0 || statement.Words.Contains("BEGIN");
                depth += statement.Words.Sum(word => word switch { "BEGIN" or "CASE" => 1, "END" => -1, _ => 0 });
                isRoutine = !hasBlock || depth > 0;
                continue;
            }

            foreach (var change in new StatementChanges(statement.Text, dialect).All)
                yield return change;
        }
    }

    private static bool IsRoutine(SqlStatement statement) =>
        statement.Words.Take(1).Any(word => word is "CREATE" or "ALTER") && statement.Words.Take(5).Any(_routines.Contains);
}
