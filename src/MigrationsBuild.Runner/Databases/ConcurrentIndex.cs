using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases;

/// <summary>What <c>CREATE INDEX CONCURRENTLY</c> makes.</summary>
/// <param name="Name">The index, as the statement writes it.</param>
/// <param name="Table">Its table, as the statement writes it.</param>
internal sealed record ConcurrentIndex(string Name, string Table)
{
    /// <summary>Reads a statement.</summary>
    /// <param name="statement">Any statement.</param>
    /// <returns>The index; <see langword="null"/> if the statement makes none, or leaves its name to the database.</returns>
    public static ConcurrentIndex? Of(string statement)
    {
        var tokens = SqlLexer.Tokenize(statement, SqlDialect.PostgreSql).Where(token => !token.IsTrivia).Select(token => token.In(statement)).ToList();
        var at = 0;
        bool Skip(params string[] words)
        {
            if (!words.Select((word, i) => at + i < tokens.Count && tokens[at + i].Equals(word, StringComparison.OrdinalIgnoreCase)).All(found => found))
                return false;
            at += words.Length;
            return true;
        }

        if (!Skip("CREATE"))
            return null;
        Skip("UNIQUE");
        if (!Skip("INDEX", "CONCURRENTLY"))
            return null;
        Skip("IF", "NOT", "EXISTS");
        if (at + 1 >= tokens.Count || Skip("ON"))
            return null;
        var name = tokens[at++];
        if (!Skip("ON"))
            return null;
        Skip("ONLY");
        var table = tokens[at++];
        while (at + 1 < tokens.Count && tokens[at] == ".")
        {
            table += "." + tokens[at + 1];
            at += 2;
        }

        return new ConcurrentIndex(name, table);
    }
}
