namespace MigrationsBuild.Sql;

/// <summary>Notes for the approval of a migration for SQLite that its operations don't contain.</summary>
internal static class SqliteNotes
{
    private static readonly HashSet<string> _builtIn = new(StringComparer.OrdinalIgnoreCase) { "BINARY", "NOCASE", "RTRIM" };

    /// <summary>A note for each table that is rebuilt, and for each collation that isn't built into SQLite.</summary>
    /// <param name="sql">The SQL of the migration.</param>
    public static IReadOnlyList<string> Of(string sql)
    {
        var statements = SqlScript.Parse(sql, SqlDialect.Sqlite);
        var rebuilds = statements.Select(statement => SqliteRebuild.Renaming.Match(statement.Text))
            .Where(match => match.Success)
            .Select(match => $"rebuilds table \"{match.Groups["table"].Value}\": "
                + "triggers and indexes that were created with SQL are dropped with the old one. "
                + "The runner restores them, but dotnet ef and scripts don't");
        var collations = statements.SelectMany(statement => Collations(statement.Text))
            .Where(name => !_builtIn.Contains(name))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => $"uses the collation \"{name}\", which isn't built into SQLite. "
                + "Only the application can apply the migration, with Database.Migrate()");
        return [.. rebuilds.Distinct(), .. collations];
    }

    private static IEnumerable<string> Collations(string statement)
    {
        var tokens = SqlLexer.Tokenize(statement, SqlDialect.Sqlite).Where(token => !token.IsTrivia).ToList();
        return tokens.Zip(tokens.Skip(1), (word, name) => (Word: word, Name: name))
            .Where(pair => pair.Word.Kind == SqlTokenKind.Word)
            .Where(pair => pair.Word.In(statement).Equals("COLLATE", StringComparison.OrdinalIgnoreCase))
            .Select(pair => SqlText.Unquote(pair.Name.In(statement)));
    }
}
