using MigrationsBuild.Sql;

namespace MigrationsBuild.Worker.Model;

/// <summary>The tables and columns that a migration has created so far. In doubt, a name is not one of them.</summary>
internal sealed class CreatedObjects(SqlDialect dialect)
{
    private readonly HashSet<string> _tables = [];
    private readonly HashSet<(string Table, string Column)> _columns = [];

    /// <summary>Adds a table.</summary>
    /// <param name="table">Its name as in SQL, quoted if necessary.</param>
    public void Add(string table) => _tables.Add(Key(table));

    /// <summary>Adds a column.</summary>
    public void Add(string table, string column) => _columns.Add((Key(table), Key(column)));

    /// <summary>Whether the migration has created a table.</summary>
    public bool Contains(string table) => _tables.Contains(Key(table));

    /// <summary>Whether the migration has created a column.</summary>
    public bool Contains(string table, string column) => _columns.Contains((Key(table), Key(column)));

    /// <summary>Removes a table.</summary>
    /// <returns>Whether the migration had created it.</returns>
    public bool Remove(string table) => _tables.Remove(Key(table));

    /// <summary>Renames a table.</summary>
    public void Rename(string table, string name)
    {
        if (_tables.Remove(Key(table)))
            _tables.Add(Key(name));
    }

    /// <summary>The name without quotes. PostgreSQL folds an unquoted name; other databases ignore case.</summary>
    private string Key(string name) => string.Join('.', SqlLexer.Tokenize(name, dialect)
        .Where(token => !token.IsTrivia && token.In(name) != ".")
        .Select(token => Part(token.In(name), token.Kind == SqlTokenKind.QuotedName)));

    private string Part(string text, bool isQuoted) => (isQuoted, dialect) switch
    {
        (true, SqlDialect.PostgreSql) => text[1..^1],
        (false, SqlDialect.PostgreSql) => text.ToLowerInvariant(),
        (true, _) => text[1..^1].ToUpperInvariant(),
        _ => text.ToUpperInvariant(),
    };
}
