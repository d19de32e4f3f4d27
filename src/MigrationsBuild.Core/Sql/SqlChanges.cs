namespace MigrationsBuild.Sql;

/// <summary>Finds the statements that drop what holds data, or delete all of it.</summary>
/// <remarks>
/// What a statement only defines (a function, a trigger, a procedure) isn't executed. PostgreSQL's <c>DO</c> is, and so is what it
/// executes as a literal.
/// </remarks>
public static class SqlChanges
{
    private static readonly string[] _routines = ["PROCEDURE", "PROC", "FUNCTION", "TRIGGER", "EVENT"];

    /// <summary>The changes, in order.</summary>
    /// <param name="sql">Any SQL text.</param>
    /// <param name="dialect">Who reads it.</param>
    public static IEnumerable<SqlChange> In(string sql, SqlDialect dialect)
    {
        var depth = 0;
        var isRoutine = false;
        foreach (var statement in SqlScript.Parse(sql, dialect))
        {
            // Elsewhere nothing says where the body of a routine ends but its BEGIN and END; without them the batch does.
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
