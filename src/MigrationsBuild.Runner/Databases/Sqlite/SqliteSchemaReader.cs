using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Runner.Databases.Sqlite;

/// <summary>
/// Reads the tables, columns, constraints, indexes, triggers and views of a SQLite file. A table that was changed by <c>ALTER TABLE</c>
/// keeps its text in pieces, so tables are compared by their columns and constraints, and not by their text.
/// </summary>
/// <param name="session">The session.</param>
internal sealed class SqliteSchemaReader(SqliteSession session)
{
    /// <summary>What isn't compared, for people.</summary>
    public const string NotCompared = "the order of columns, the expressions of computed columns, AUTOINCREMENT";

    private readonly StatementParser _parser = new(SqlDialect.Sqlite);

    /// <summary>Reads the objects, with a query for each kind.</summary>
    public async Task<Catalog> ReadAsync(CancellationToken cancellation)
    {
        var master = await session.QueryAsync(
            "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name",
            cancellation);
        var columns = await session.QueryAsync(
            """
            SELECT m.name, c.name, c.type, CASE WHEN c."notnull" THEN ' NOT NULL' ELSE '' END, c.dflt_value, CAST(c.pk AS TEXT)
            FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c
            WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY m.name, c.cid
            """,
            cancellation);
        var keys = await session.QueryAsync(
            """
            SELECT m.name, f."table", group_concat(f."from", ', '), group_concat(coalesce(f."to", ''), ', '), f.on_delete, f.on_update
            FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' GROUP BY m.name, f.id
            """,
            cancellation);
        var uniques = await session.QueryAsync(
            """
            SELECT m.name, group_concat(i.name, ', ')
            FROM sqlite_master m JOIN pragma_index_list(m.name) l JOIN pragma_index_info(l.name) i
            WHERE m.type = 'table' AND l.origin = 'u' GROUP BY m.name, l.name
            """,
            cancellation);
        return new Catalog(
        [
            .. master.SelectMany(Texts),
            .. columns.Select(row => Part("column", row[0]!, row[1]!, Column(row, Created(master, row[0]!)))),
            .. columns.Where(row => row[5] != "0").GroupBy(row => row[0]!).Select(rows => Part(
                "primary key", rows.Key, "primary key", string.Join(", ", rows.OrderBy(row => row[5]).Select(row => Quote(row[1]!))))),
            .. keys.Select(row => Part(
                "foreign key",
                row[0]!,
                row[2]!,
                $"({row[2]}) REFERENCES {Quote(row[1]!)} ({row[3]}) ON DELETE {row[4]} ON UPDATE {row[5]}")),
            .. uniques.Select(row => Part("unique constraint", row[0]!, row[1]!, $"({row[1]})")),
        ]);
    }

    private IEnumerable<CatalogObject> Texts(string?[] row)
    {
        var (kind, name, table) = (row[0]!, Quote(row[1]!), Quote(row[2]!));
        switch (kind)
        {
            case "table":
                yield return Stored(kind, name, "TABLE" + Options(row[3]!), row[3]!);
                foreach (var check in Created(row[3]!)?.Constraints.Where(one => one.Kind == ConstraintKind.Check) ?? [])
                    yield return Part("check constraint", row[1]!, check.Name ?? check.Condition, $"CHECK {check.Condition}");
                break;
            case "index" when row[3] is null:
                break;
            default:
                yield return Stored(kind, name, Normalized(row[3]!), row[3]!) with
                {
                    Owner = kind == "view" ? "" : table,
                    Needs = kind == "view" ? [] : [new ObjectKey("table", table), new ObjectKey("view", table)],
                };
                break;
        }
    }

    /// <summary>The words after the columns: <c>WITHOUT ROWID</c>, <c>STRICT</c>.</summary>
    private static string Options(string sql)
    {
        var end = Normalized(sql)[(Normalized(sql).LastIndexOf(')') + 1)..].Trim();
        return end.Length == 0 ? "" : " " + end.ToUpperInvariant();
    }

    private static string Column(string?[] row, CreateTable? created)
    {
        var definition = created?.Columns.FirstOrDefault(column => string.Equals(column.Name, row[1], StringComparison.OrdinalIgnoreCase));
        var checks = definition?.Constraints.Where(one => one.Kind == ConstraintKind.Check) ?? [];
        return row[2]!.ToUpperInvariant() + row[3] + (row[4] is { } value ? $" DEFAULT {value}" : "")
            + (definition?.Collation is { } collation ? $" COLLATE {collation}" : "")
            + (definition is { IsComputed: true } ? definition.IsStored ? " STORED" : " VIRTUAL" : "")
            + string.Concat(checks.Select(one => $" CHECK ({one.Condition})"));
    }

    private CreateTable? Created(List<string?[]> master, string table) =>
        master.Find(row => row[0] == "table" && row[1] == table) is { } found ? Created(found[3]!) : null;

    private CreateTable? Created(string sql) => _parser.Parse(sql) as CreateTable;

    /// <summary>SQL in which neither the layout counts, nor the case and the quotes of names, as for SQLite itself.</summary>
    private static string Normalized(string sql) => string.Join(" ", SqlLexer.Tokenize(sql, SqlDialect.Sqlite)
        .Where(token => !token.IsTrivia)
        .Select(token => token.Kind switch
        {
            SqlTokenKind.QuotedName => SqlText.Unquote(token.In(sql)).ToUpperInvariant(),
            SqlTokenKind.Word => token.In(sql).ToUpperInvariant(),
            _ => token.In(sql),
        }));

    private static CatalogObject Stored(string kind, string name, string definition, string sql) => new(kind, name, definition)
    {
        Rank = SqliteObjects.RankOf(kind),
        Parts = new Dictionary<string, string> { [SqliteObjects.Sql] = sql },
    };

    private static CatalogObject Part(string kind, string table, string name, string definition) =>
        new(kind, $"{Quote(table)}.{Quote(name)}", definition) { Owner = Quote(table) };

    private static string Quote(string name) => ObjectName.Quote(name);
}
