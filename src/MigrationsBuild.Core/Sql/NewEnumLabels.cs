using System.Text.RegularExpressions;

namespace MigrationsBuild.Sql;

/// <summary>
/// The labels that a migration adds to an enum of PostgreSQL. The transaction that adds a label can't use it: SQLSTATE 55P04.
/// </summary>
public static class NewEnumLabels
{
    private static readonly Regex _addition = new(
        @"^ALTER\s+TYPE\s+\S+\s+ADD\s+VALUE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?<label>'(?:''|[^'])*')", RegexOptions.IgnoreCase);

    /// <summary>The labels, as literals, that a statement uses in the transaction that adds them.</summary>
    /// <param name="sql">The SQL of a migration.</param>
    public static IReadOnlyList<string> UsedAtOnce(string sql)
    {
        var (added, used) = (new List<string>(), new List<string>());
        foreach (var statement in SqlScript.Parse(sql, SqlDialect.PostgreSql))
        {
            // What runs outside ends the transaction before it.
            if (statement.OutsideTransaction)
                added.Clear();
            else if (_addition.Match(statement.Text.TrimStart()) is { Success: true } addition)
                added.Add(addition.Groups["label"].Value);
            else
                used.AddRange(added.Where(statement.Text.Contains));
        }

        return [.. used.Distinct()];
    }
}
