using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Runner.Databases.Sqlite;

/// <summary>Reads the tables that generated rows can fill.</summary>
/// <param name="session">The session.</param>
/// <param name="count">The number of rows.</param>
internal sealed class FillableTableReader(SqliteSession session, int count)
{
    private const string Columns =
        """
        SELECT m.name, c.name, upper(c.type), c."notnull" OR c.pk > 0,
               c.pk > 0 OR EXISTS (SELECT 1 FROM pragma_index_list(m.name) l JOIN pragma_index_info(l.name) i
                       WHERE l."unique" AND (i.name = c.name OR i.name IS NULL)),
               m.sql
        FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND c.hidden = 0
        ORDER BY m.rowid, c.cid
        """;

    private const string ForeignKeys =
        """
        SELECT m.name, f."table", f."from", coalesce(f."to", (SELECT k.name FROM pragma_table_info(f."table") k WHERE k.pk = f.seq + 1)),
               CAST(f.id AS TEXT)
        FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY m.rowid, f.id, f.seq
        """;

    private readonly StatementParser _parser = new(SqlDialect.Sqlite);

    /// <summary>Reads the tables, in the order in which they were created.</summary>
    public async Task<IReadOnlyList<FillableTable>> ReadAsync(CancellationToken cancellation)
    {
        var keys = (await session.QueryAsync(ForeignKeys, cancellation))
            .GroupBy(row => (Table: row[0]!, Id: row[4]))
            // A key without columns names the primary key of a table that may not exist yet.
            .Where(rows => rows.All(row => row[3] is not null))
            .Select(rows => (rows.Key.Table, Key: new FillableForeignKey(
                [.. rows.Select(row => SqlText.Quote(row[2]!))],
                SqlText.Quote(rows.First()[1]!),
                [.. rows.Select(row => SqlText.Quote(row[3]!))])))
            .ToLookup(key => key.Table, key => key.Key);
        return
        [
            .. (await session.QueryAsync(Columns, cancellation)).GroupBy(row => row[0]!)
                .Select(rows => new FillableTable(SqlText.Quote(rows.Key), [.. ColumnsOf(rows)], [.. keys[rows.Key]])),
        ];
    }

    private IEnumerable<FillableColumn> ColumnsOf(IGrouping<string, string?[]> rows)
    {
        var created = _parser.Parse(rows.First()[5]!) as CreateTable;
        return rows.Select(row => new FillableColumn(
            SqlText.Quote(row[1]!),
            Value(row[2]!, row[4] == "1" ? FillableTable.Key : FillableTable.Duplicate(count), Literals(created, row[1]!)),
            row[3] == "0"));
    }

    /// <summary>The literals in the check constraints of a column.</summary>
    private static List<string> Literals(CreateTable? created, string column)
    {
        var own = created?.Columns.FirstOrDefault(one => string.Equals(one.Name, column, StringComparison.OrdinalIgnoreCase))?.Constraints;
        var others = created?.Constraints.Where(one => ObjectName.IsNamedIn(one.Condition, column, SqlDialect.Sqlite));
        return
        [
            .. (own ?? []).Concat(others ?? []).Select(one => one.Condition).SelectMany(condition =>
                SqlLexer.Tokenize(condition, SqlDialect.Sqlite)
                    .Where(token => token.Kind == SqlTokenKind.Literal).Select(token => token.In(condition))).Distinct(),
        ];
    }

    private static string Text(string number, List<string> literals) => literals.Count == 0
        ? $"'text ' || {number}"
        : $"CASE s.n % {literals.Count} {string.Concat(literals.Select((literal, i) => $"WHEN {i} THEN {literal} "))}END";

    /// <summary>A value of the affinity that SQLite gives a type: see <see href="https://sqlite.org/datatype3.html"/>.</summary>
    private static string Value(string type, string number, List<string> literals) => type switch
    {
        _ when type.Contains("INT", StringComparison.Ordinal) => number,
        _ when type.Contains("CHAR", StringComparison.Ordinal) || type.Contains("CLOB", StringComparison.Ordinal)
            || type.Contains("TEXT", StringComparison.Ordinal) => Text(number, literals),
        _ when type.Length == 0 || type.Contains("BLOB", StringComparison.Ordinal) => $"CAST({number} AS BLOB)",
        _ when type.Contains("REAL", StringComparison.Ordinal) || type.Contains("FLOA", StringComparison.Ordinal)
            || type.Contains("DOUB", StringComparison.Ordinal) => $"{number} * 1.0",
        _ => number,
    };
}
