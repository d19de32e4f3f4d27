using System.Text.RegularExpressions;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Statements;

/// <summary>
/// A statement that a squashed migration can carry over from the migrations that it replaces: it creates an object, or inserts rows.
/// </summary>
/// <param name="Text">The statement, for the transaction of the squashed migration.</param>
/// <param name="Kind">The kind of the object, in upper case; <see cref="Insert"/> for rows.</param>
/// <param name="Name">The name of the object, or of the table of the rows.</param>
public sealed record CarriedStatement(string Text, string Kind, ObjectName Name)
{
    /// <summary>The kind of a statement that inserts rows.</summary>
    public const string Insert = "INSERT";

    private static readonly string[] _modifiers = ["OR", "REPLACE", "UNIQUE", "UNLOGGED", "CONSTRAINT", "RECURSIVE", "DEFAULT"];

    /// <summary>The kinds that are dropped with their table, and those that EF Core's migrations never drop.</summary>
    private static readonly string[] _notDropped = [Insert, "INDEX", "TRIGGER", "POLICY", "RULE", "EXTENSION", "SCHEMA"];

    // The table is new and empty, so there is nothing that the index could block.
    private static readonly Regex _concurrently = new(@"\bINDEX\s+CONCURRENTLY\b", RegexOptions.IgnoreCase);

    /// <summary>The statement that reverts it; <see langword="null"/> if the object is dropped with its table, or stays.</summary>
    public string? Drop => _notDropped.Contains(Kind) ? null : $"DROP {Kind} {Name}";

    /// <summary>Reads a statement.</summary>
    /// <param name="statement">A statement of a replaced migration.</param>
    /// <param name="dialect">The dialect of the SQL.</param>
    /// <returns>The statement; <see langword="null"/> if it neither creates an object nor inserts rows.</returns>
    public static CarriedStatement? Of(string statement, SqlDialect dialect)
    {
        var reader = SqlTokenReader.Of(statement, dialect);
        string kind;
        if (reader.Skip("INSERT", "INTO"))
        {
            kind = Insert;
        }
        else if (reader.Skip("CREATE"))
        {
            while (reader.SkipAny(_modifiers) is not null)
            {
            }

            kind = (reader.Skip("MATERIALIZED") ? "MATERIALIZED " : "") + reader.Next().ToUpperInvariant();
        }
        else
        {
            return null;
        }

        reader.Skip("CONCURRENTLY");
        reader.Skip("IF", "NOT", "EXISTS");
        return reader.Name() is { } name
            ? new CarriedStatement(_concurrently.Replace(statement, "INDEX"), kind, ObjectName.Parse(name, dialect))
            : null;
    }
}
