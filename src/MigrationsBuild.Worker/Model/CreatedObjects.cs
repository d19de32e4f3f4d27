using MigrationsBuild.Sql;

namespace MigrationsBuild.Worker.Model;

/// <summary>The tables and columns that a migration has made so far. A name that isn't certainly one of them isn't.</summary>
/// <param name="dialect">How the database reads names.</param>
internal sealed class CreatedObjects(SqlDialect dialect)
{
    private readonly HashSet<string> _tables = [];
    private readonly HashSet<(string Table, string Column)> _columns = [];

    /// <summary>Notes a table.</summary>
    /// <param name="table">Its name as SQL writes it.</param>
    public void Add(string table) => _tables.Add(Key(table));

    /// <summary>Notes a column.</summary>
    /// <param name="table">Its table.</param>
    /// <param name="column">Its name as SQL writes it.</param>
    public void Add(string table, string column) => _columns.Add((Key(table), Key(column)));

    /// <summary>Whether the migration made a table.</summary>
    /// <param name="table">Its name as SQL writes it.</param>
    public bool Contains(string table) => _tables.Contains(Key(table));

    /// <summary>Whether the migration made a column.</summary>
    /// <param name="table">Its table.</param>
    /// <param name="column">Its name as SQL writes it.</param>
    public bool Contains(string table, string column) => _columns.Contains((Key(table), Key(column)));

    /// <summary>Forgets a table.</summary>
    /// <param name="table">Its name as SQL writes it.</param>
    /// <returns>Whether the migration made it.</returns>
    public bool Remove(string table) => _tables.Remove(Key(table));

    /// <summary>Gives a table another name, which in SQL is one of the same schema.</summary>
    /// <param name="table">Its name as SQL writes it.</param>
    /// <param name="name">Its new name.</param>
    public void Rename(string table, string name)
    {
        if (_tables.Remove(Key(table)))
            _tables.Add(Key(name));
    }

    /// <summary>The name without quotes; PostgreSQL folds one that has none.</summary>
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
