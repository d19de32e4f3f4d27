namespace MigrationsBuild.Sql;

/// <summary>
/// The labels that a migration adds to a PostgreSQL enum. The transaction that adds a label can't use it: SQLSTATE 55P04.
/// </summary>
internal static class NewEnumLabels
{
    /// <summary>The labels, as literals, that are used in the same transaction that adds them.</summary>
    /// <param name="sql">The SQL of a migration.</param>
    public static IReadOnlyList<string> UsedAtOnce(string sql)
    {
        var (added, used) = (new List<string>(), new List<string>());
        foreach (var statement in SqlScript.Parse(sql, SqlDialect.PostgreSql))
        {
            // A statement outside a transaction ends the transaction before it.
            if (statement.OutsideTransaction)
                added.Clear();
            else if (Added(statement.Text) is { } label)
                added.Add(label);
            else
                used.AddRange(added.Where(statement.Text.Contains));
        }

        return [.. used.Distinct()];
    }

    private static string? Added(string statement)
    {
        var reader = SqlTokenReader.Of(statement, SqlDialect.PostgreSql);
        if (!reader.Skip("ALTER", "TYPE") || reader.Name() is null || !reader.Skip("ADD", "VALUE"))
            return null;
        reader.Skip("IF", "NOT", "EXISTS");
        return reader.Name();
    }
}
