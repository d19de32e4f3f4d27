using System.Text.RegularExpressions;

namespace MigrationsBuild.Sql;

/// <summary>
/// The rebuild by which EF Core changes a table that SQLite can't alter: it fills a copy, drops the table, and renames the copy. Triggers
/// and indexes that were created with SQL aren't in the model, and are dropped with the table.
/// </summary>
public static class SqliteRebuild
{
    /// <summary>The beginning of the name of the copy, before the name of the table.</summary>
    public const string CopyPrefix = "ef_temp_";

    /// <summary>The statement that ends a rebuild. Its group <c>table</c> is the name of the table between its quotes.</summary>
    public static Regex Renaming { get; } = new($"""^ALTER TABLE "{CopyPrefix}(?<table>(?:[^"]|"")+)" RENAME TO "\k<table>"$""");

    /// <summary>The indexes and triggers that are created before they are dropped.</summary>
    /// <param name="statements">The statements, in order.</param>
    /// <returns>The names, without quotes.</returns>
    public static IReadOnlyList<string> CreatedFirst(IEnumerable<string> statements)
    {
        var names = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        foreach (var statement in statements)
        {
            var created = CreatedObject.Of(statement, SqlDialect.Sqlite) is { Kind: "INDEX" or "TRIGGER" } made ? made.Name : null;
            if ((created ?? Dropped(statement)) is { } written && SqlText.Unquote(written) is var name && !names.ContainsKey(name))
                names.Add(name, created is not null);
        }

        return [.. names.Where(name => name.Value).Select(name => name.Key)];
    }

    private static string? Dropped(string statement)
    {
        var reader = SqlTokenReader.Of(statement, SqlDialect.Sqlite);
        if (!reader.Skip("DROP") || reader.SkipAny("INDEX", "TRIGGER") is null)
            return null;
        reader.Skip("IF", "EXISTS");
        return reader.Name();
    }
}
