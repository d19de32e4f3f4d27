namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>Reads the tables that generated rows can fill.</summary>
/// <param name="session">The session.</param>
/// <param name="count">The number of rows.</param>
internal sealed class FillableTableReader(PostgreSqlSession session, int count)
{
    /// <summary>A row for each column. Each column with a sequence is a key.</summary>
    private const string Columns =
        """
        SELECT c.oid::regclass::text, quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), b.typname::text,
               (SELECT i.typname FROM pg_type i WHERE i.oid = b.typelem AND b.typcategory = 'A')::text,
               CASE WHEN m.mod < 0 THEN NULL
                    WHEN b.typname IN ('varchar', 'bpchar') THEN m.mod - 4
                    WHEN b.typname = 'numeric' THEN (((m.mod - 4) >> 16) & 65535) - ((m.mod - 4) & 65535)
                    WHEN b.typname IN ('bit', 'varbit') THEN m.mod END::text,
               (SELECT string_agg(quote_literal(l.enumlabel), ', ' ORDER BY l.enumsortorder) FROM pg_enum l
                WHERE l.enumtypid IN (b.oid, b.typelem)),
               (SELECT string_agg(pg_get_constraintdef(k.oid), ' ') FROM pg_constraint k
                WHERE k.conrelid = c.oid AND k.contype = 'c' AND a.attnum = ANY (k.conkey)),
               CASE WHEN a.attnotnull OR y.typnotnull THEN NULL ELSE 'nullable' END,
               CASE WHEN EXISTS (SELECT FROM pg_index x WHERE x.indrelid = c.oid AND x.indisunique
                                 AND (a.attnum = ANY (x.indkey) OR 0 = ANY (x.indkey)))
                         OR a.attidentity <> '' OR coalesce(pg_get_expr(d.adbin, d.adrelid), '') LIKE 'nextval(%' THEN 'unique' END
        FROM pg_class c
        JOIN pg_namespace s ON s.oid = c.relnamespace AND left(s.nspname::text, 3) <> 'pg_' AND s.nspname <> 'information_schema'
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        JOIN pg_type y ON y.oid = a.atttypid
        JOIN pg_type b ON b.oid = CASE y.typtype WHEN 'd' THEN y.typbasetype ELSE y.oid END
        CROSS JOIN LATERAL (SELECT CASE y.typtype WHEN 'd' THEN y.typtypmod ELSE a.atttypmod END AS mod) m
        WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
          AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
        ORDER BY c.oid, a.attnum
        """;

    private const string ForeignKeys =
        """
        SELECT k.oid::text, k.conrelid::regclass::text, k.confrelid::regclass::text, quote_ident(a.attname), quote_ident(p.attname)
        FROM pg_constraint k CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY AS pair (child, parent, place)
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = pair.child
        JOIN pg_attribute p ON p.attrelid = k.confrelid AND p.attnum = pair.parent
        WHERE k.contype = 'f' AND k.conparentid = 0
        ORDER BY k.oid, pair.place
        """;

    /// <summary>Reads the tables, in the order in which they were created.</summary>
    public async Task<IReadOnlyList<FillableTable>> ReadAsync(CancellationToken cancellation)
    {
        var keys = (await session.QueryAsync(ForeignKeys, cancellation))
            .GroupBy(row => row[0])
            .Select(rows => (Table: rows.First()[1]!, Key: new FillableForeignKey(
                [.. rows.Select(row => row[3]!)], rows.First()[2]!, [.. rows.Select(row => row[4]!)])))
            .ToLookup(key => key.Table, key => key.Key);
        return
        [
            .. (await session.QueryAsync(Columns, cancellation)).GroupBy(row => row[0]!)
                .Select(rows => new FillableTable(rows.Key, [.. rows.Select(Column)], [.. keys[rows.Key]])),
        ];
    }

    private FillableColumn Column(string?[] row) => new(
        row[1]!,
        new GeneratedValue(row[2]!, count)
        {
            BaseType = row[3]!,
            ElementType = row[4],
            Limit = row[5] is { } limit ? int.Parse(limit, System.Globalization.CultureInfo.InvariantCulture) : null,
            Labels = row[6],
            Checks = row[7] ?? "",
            IsUnique = row[9] is not null,
        }.Expression,
        row[8] is not null);
}
