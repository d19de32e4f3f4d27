using System.Text.RegularExpressions;

namespace MigrationsBuild.Sql;

/// <summary>
/// EF Core's way to change a table that SQLite can't alter: it fills a copy, drops the table, and gives the copy its name. What no model
/// knows of the table, triggers and indexes made by SQL, is dropped with it.
/// </summary>
public static class SqliteRebuild
{
    /// <summary>The statement that ends a rebuild; its group <c>table</c> is the table's name as it is quoted.</summary>
    public static Regex Renaming { get; } = new("""^ALTER TABLE "ef_temp_(?<table>(?:[^"]|"")+)" RENAME TO "\k<table>"$""");

    /// <summary>The names that are created by statements before anything else is done with them.</summary>
    /// <param name="statements">Statements in their order.</param>
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
