namespace MigrationsBuild.Sql;

/// <summary>The changes that a statement makes to tables and their data.</summary>
/// <param name="statement">The statement.</param>
/// <param name="dialect">The dialect of the SQL.</param>
internal sealed class StatementChanges(string statement, SqlDialect dialect)
{
    private static readonly string[] _temporary = ["TEMP", "TEMPORARY", "UNLOGGED", "GLOBAL", "LOCAL"];

    /// <summary>The words after which a nested statement begins.</summary>
    private static readonly string[] _openings = ["BEGIN", "THEN", "ELSE", "LOOP"];

    private static readonly string[] _noColumns =
        ["CONSTRAINT", "PRIMARY", "FOREIGN", "INDEX", "KEY", "CHECK", "PERIOD", "EXPRESSION", "DEFAULT", "IDENTITY"];

    private readonly List<SqlToken> _tokens = [.. SqlLexer.Tokenize(statement, dialect).Where(token => !token.IsTrivia)];
    private readonly SqlTokenReader _reader = SqlTokenReader.Of(statement, dialect);

    /// <summary>The changes, in order.</summary>
    public IEnumerable<SqlChange> All => Word(0) switch
    {
        // In other dialects there may be no semicolons between statements.
        _ when dialect == SqlDialect.Other => OfBlock(),
        "DO" => Literals(0).SelectMany(OfBlock),
        "WITH" => Deletions(),
        "SELECT" => SelectsInto(),
        _ => At(0),
    };

    private string Word(int position) => position < _tokens.Count && _tokens[position].Kind == SqlTokenKind.Word
        ? _tokens[position].In(statement).ToUpperInvariant()
        : "";

    /// <summary>The changes of the statement that begins at a token.</summary>
    private IEnumerable<SqlChange> At(int position)
    {
        var reader = _reader.From(position);
        return reader.SkipAny("CREATE", "DROP", "ALTER", "TRUNCATE", "DELETE") switch
        {
            "CREATE" => Creates(reader),
            "DROP" => Drops(reader),
            "ALTER" => Alters(reader),
            "TRUNCATE" => Truncates(reader),
            "DELETE" => Deletes(reader),
            _ => [],
        };
    }

    /// <summary>The changes of the statements in a block: after an opening word or, in other dialects, anywhere.</summary>
    private IEnumerable<SqlChange> OfBlock()
    {
        for (var i = 0; i < _tokens.Count; i++)
        {
            if (i == 0 || dialect == SqlDialect.Other && Word(i) is "DROP" or "ALTER" || _openings.Contains(Word(i - 1)) || IsDeletion(i))
            {
                foreach (var change in At(i))
                    yield return change;
            }

            if (Word(i) is "EXECUTE" or "EXEC")
            {
                foreach (var change in Literals(i).SelectMany(text => SqlChanges.In(text, dialect)))
                    yield return change;
            }
        }
    }

    private bool IsDeletion(int i) => Word(i) == "DELETE" && Word(i + 1) == "FROM" || Word(i) == "TRUNCATE" && Word(i + 1) == "TABLE";

    private IEnumerable<SqlChange> OfBlock(string body) =>
        SqlScript.Parse(body, dialect).SelectMany(inner => new StatementChanges(inner.Text, dialect).OfBlock());

    /// <summary>The contents of the literals, starting at a token.</summary>
    private IEnumerable<string> Literals(int from) => _tokens.Skip(from)
        .Where(token => token.Kind is SqlTokenKind.Literal or SqlTokenKind.EscapeLiteral or SqlTokenKind.DollarLiteral)
        .Select(token => SqlText.Content(token.In(statement)));

    private static IEnumerable<SqlChange> Creates(SqlTokenReader reader)
    {
        var isTemporary = false;
        while (reader.SkipAny(_temporary) is { } word)
            isTemporary |= word is "TEMP" or "TEMPORARY";
        if (!reader.Skip("TABLE"))
            yield break;
        var mayExist = reader.Skip("IF", "NOT", "EXISTS");
        if ((!mayExist || isTemporary) && reader.Name() is { } name)
            yield return new SqlChange(SqlChangeKind.Created, name);
    }

    private IEnumerable<SqlChange> SelectsInto()
    {
        if (!_reader.SkipTo("INTO"))
            yield break;
        _reader.Skip("INTO");
        while (_reader.SkipAny([.. _temporary, "TABLE"]) is not null)
            continue;
        if (_reader.Name() is { } name)
            yield return new SqlChange(SqlChangeKind.Created, name);
    }

    private static IEnumerable<SqlChange> Drops(SqlTokenReader reader)
    {
        var kind = reader.SkipAny("TABLE", "TEMPORARY", "SCHEMA", "DATABASE", "SEQUENCE", "TYPE", "DOMAIN", "EXTENSION", "OWNED");
        if (kind is null or "TEMPORARY")
            return [];
        if (kind == "OWNED")
            return [new SqlChange(SqlChangeKind.OtherDropped, "everything that a role owns")];
        reader.Skip("IF", "EXISTS");
        var names = Names(reader);
        var cascades = reader.Skip("CASCADE");
        if (kind == "TABLE")
            return names.Select(name => new SqlChange(SqlChangeKind.Dropped, name));
        var with = kind switch
        {
            "SCHEMA" or "DATABASE" => "all that is in it",
            "SEQUENCE" => "its value",
            _ => cascades ? "the columns that use it" : null,
        };
        var what = kind.ToLowerInvariant();
        return with is null ? [] : names.Select(name => new SqlChange(SqlChangeKind.OtherDropped, $"{what} {name}, with {with}"));
    }

    private static IEnumerable<SqlChange> Truncates(SqlTokenReader reader)
    {
        reader.Skip("TABLE");
        return Names(reader).Select(name => new SqlChange(SqlChangeKind.Emptied, name));
    }

    private IEnumerable<SqlChange> Deletes(SqlTokenReader reader)
    {
        if (!reader.Skip("FROM"))
            yield break;
        reader.Skip("ONLY");
        string[] others = dialect == SqlDialect.Other ? ["DELETE", "DROP", "TRUNCATE", "UPDATE", "INSERT", "ALTER", "MERGE", "EXEC"] : [];
        if (reader.Name() is { } name && !(reader.SkipTo(["WHERE", .. others]) && reader.Skip("WHERE")))
            yield return new SqlChange(SqlChangeKind.Emptied, name);
    }

    /// <summary>Deletions anywhere, for example in a common table expression.</summary>
    private IEnumerable<SqlChange> Deletions() => Enumerable.Range(0, _tokens.Count).Where(IsDeletion).SelectMany(At);

    private IEnumerable<SqlChange> Alters(SqlTokenReader reader)
    {
        if (reader.SkipAny("TABLE", "TYPE") is null)
            yield break;
        reader.Skip("IF", "EXISTS");
        reader.Skip("ONLY");
        if (reader.Name() is not { } table)
            yield break;
        reader.Skip("*");
        var dropsColumns = false;
        do
        {
            if (Action(reader, table, ref dropsColumns) is { } change)
                yield return change;
        }
        while (reader.SkipTo(",", ";") && reader.Skip(","));
    }

    private SqlChange? Action(SqlTokenReader reader, string table, ref bool dropsColumns)
    {
        var verb = reader.SkipAny("ADD", "DROP", "RENAME", "ALTER", "SET", "MODIFY", "CHANGE");
        if (verb == "RENAME")
        {
            return reader.SkipAny("TO", "AS") is not null && reader.Name() is { } name
                ? new SqlChange(SqlChangeKind.Renamed, table, name)
                : null;
        }

        var isColumn = reader.SkipAny("COLUMN", "ATTRIBUTE") is not null;
        var isOther = !isColumn && reader.SkipAny(_noColumns) is not null;
        // SQL Server lists columns after one DROP COLUMN.
        dropsColumns = verb == "DROP" ? !isOther
            : verb is null && dialect == SqlDialect.Other && (isColumn || dropsColumns && !isOther);
        if (verb == "ADD" && !isOther && !reader.Skip("IF", "NOT", "EXISTS") && reader.Name() is { } added)
            return new SqlChange(SqlChangeKind.ColumnAdded, table, added);
        if (!dropsColumns)
            return null;
        reader.Skip("IF", "EXISTS");
        return reader.Name() is { } dropped ? new SqlChange(SqlChangeKind.ColumnDropped, table, dropped) : null;
    }

    /// <summary>
    /// A list of names, without SQL Server's temporary tables. A name is "…" if the text ends before it, because code composes it.
    /// </summary>
    private static List<string> Names(SqlTokenReader reader)
    {
        var names = new List<string>();
        do
        {
            reader.Skip("ONLY");
            names.Add(reader.Name() ?? "…");
            reader.Skip("*");
        }
        while (reader.Skip(","));
        return [.. names.Where(name => name[0] != '#')];
    }
}
