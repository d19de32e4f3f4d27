using MigrationsBuild.Runner.Catalogs;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>
/// Reads all objects of the database that migrations can create, in one statement, so that they are those of one moment. It reads only
/// catalogs, which every role may read. Objects of extensions are left out.
/// </summary>
/// <param name="session">The session.</param>
internal sealed class SchemaReader(PostgreSqlSession session)
{
    /// <summary>What isn't compared, for people.</summary>
    public const string NotCompared =
        "privileges, owners, tablespaces, the order of columns, aggregates, ranges, operators, casts, collations, text search, statistics, "
        + "publications, subscriptions, foreign servers, event triggers";

    private const string Query =
        """
        WITH spaces AS (
            SELECT oid, nspname FROM pg_namespace
            WHERE left(nspname::text, 3) <> 'pg_' AND nspname <> 'information_schema'
        ), of_extensions AS (
            SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
        ), tables AS (
            SELECT c.*, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name
            FROM pg_class c JOIN spaces n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm')
              AND NOT EXISTS (SELECT FROM of_extensions e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid)
        ), sequences AS (
            SELECT c.oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name, d.refobjid, d.refobjsubid, d.deptype,
                   format(' AS %s INCREMENT %s MINVALUE %s MAXVALUE %s START %s CACHE %s%s', format_type(q.seqtypid, NULL), q.seqincrement,
                          q.seqmin, q.seqmax, q.seqstart, q.seqcache, CASE WHEN q.seqcycle THEN ' CYCLE' ELSE '' END) AS options
            FROM pg_sequence q JOIN pg_class c ON c.oid = q.seqrelid JOIN spaces n ON n.oid = c.relnamespace
            LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i')
                AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
            WHERE NOT EXISTS (SELECT FROM of_extensions e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid)
        ), comments AS (
            SELECT classoid, objoid, objsubid, E'\n-- ' || replace(description, E'\n', E'\n-- ') AS text FROM pg_description
        )
        SELECT kind, name, definition, owner FROM (
        SELECT 'schema' AS kind, quote_ident(s.nspname) AS name, 'CREATE SCHEMA ' || quote_ident(s.nspname) || coalesce(m.text, '')
               AS definition, '' AS owner, 1 AS rank
        FROM spaces s LEFT JOIN comments m ON m.classoid = 'pg_namespace'::regclass AND m.objoid = s.oid
        WHERE s.nspname <> 'public'
          AND NOT EXISTS (SELECT FROM of_extensions e WHERE e.classid = 'pg_namespace'::regclass AND e.objid = s.oid)
        UNION ALL
        SELECT 'extension', quote_ident(x.extname),
               format('CREATE EXTENSION %I SCHEMA %I', x.extname, n.nspname), '', 2
        FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace WHERE x.extname <> 'plpgsql'
        UNION ALL
        SELECT CASE y.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' ELSE 'type' END,
               quote_ident(n.nspname) || '.' || quote_ident(y.typname),
               CASE y.typtype
                   WHEN 'e' THEN 'ENUM (' || (SELECT string_agg(quote_literal(l.enumlabel), ', ' ORDER BY l.enumsortorder)
                                              FROM pg_enum l WHERE l.enumtypid = y.oid) || ')'
                   WHEN 'd' THEN format_type(y.typbasetype, y.typtypmod)
                       || coalesce((SELECT ' COLLATE ' || quote_ident(o.collname) FROM pg_collation o, pg_type b
                                    WHERE o.oid = y.typcollation AND b.oid = y.typbasetype AND b.typcollation <> y.typcollation), '')
                       || coalesce(' DEFAULT ' || y.typdefault, '') || CASE WHEN y.typnotnull THEN ' NOT NULL' ELSE '' END
                       || coalesce((SELECT string_agg(' CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid), ''
                                                      ORDER BY k.conname)
                                    FROM pg_constraint k WHERE k.contypid = y.oid AND k.contype = 'c'), '')
                   ELSE '(' || coalesce((SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod), ', '
                                                           ORDER BY a.attnum)
                                         FROM pg_attribute a
                                         WHERE a.attrelid = y.typrelid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')'
               END || coalesce(m.text, ''), '', 3
        FROM pg_type y JOIN spaces n ON n.oid = y.typnamespace
        LEFT JOIN comments m ON m.classoid = 'pg_type'::regclass AND m.objoid = y.oid
        WHERE (y.typtype IN ('e', 'd') OR y.typtype = 'c' AND (SELECT c.relkind FROM pg_class c WHERE c.oid = y.typrelid) = 'c')
          AND NOT EXISTS (SELECT FROM of_extensions e WHERE e.classid = 'pg_type'::regclass AND e.objid = y.oid)
        UNION ALL
        SELECT 'sequence', s.name, s.options || coalesce(' OWNED BY ' || s.refobjid::regclass || '.' || quote_ident(a.attname), '')
               || coalesce(m.text, ''), coalesce((SELECT t.name FROM tables t WHERE t.oid = s.refobjid), ''), 4
        FROM sequences s LEFT JOIN pg_attribute a ON a.attrelid = s.refobjid AND a.attnum = s.refobjsubid
        LEFT JOIN comments m ON m.classoid = 'pg_class'::regclass AND m.objoid = s.oid AND m.objsubid = 0
        WHERE s.deptype IS DISTINCT FROM 'i'
        UNION ALL
        SELECT CASE t.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' ELSE 'table' END, t.name,
               CASE WHEN t.relpersistence = 'u' THEN 'UNLOGGED ' ELSE '' END
               || CASE WHEN t.relkind IN ('v', 'm') THEN pg_get_viewdef(t.oid) ELSE 'TABLE' END
               || coalesce(' PARTITION BY ' || pg_get_partkeydef(t.oid), '')
               || coalesce((SELECT string_agg(' ' || CASE WHEN t.relispartition THEN 'PARTITION OF' ELSE 'INHERITS' END || ' '
                                              || h.inhparent::regclass, '' ORDER BY h.inhseqno)
                            FROM pg_inherits h WHERE h.inhrelid = t.oid), '')
               || coalesce(' ' || pg_get_expr(t.relpartbound, t.oid), '')
               || coalesce(' WITH (' || array_to_string(t.reloptions, ', ') || ')', '')
               || CASE WHEN t.relrowsecurity THEN ' ENABLE ROW LEVEL SECURITY' ELSE '' END
               || CASE WHEN t.relforcerowsecurity THEN ' FORCE ROW LEVEL SECURITY' ELSE '' END
               || CASE WHEN t.relreplident NOT IN ('d', 'n') OR t.relkind = 'r' AND t.relreplident = 'n'
                       THEN ' REPLICA IDENTITY ' || t.relreplident::text ELSE '' END
               || coalesce(m.text, ''), '', 5
        FROM tables t LEFT JOIN comments m ON m.classoid = 'pg_class'::regclass AND m.objoid = t.oid AND m.objsubid = 0
        UNION ALL
        SELECT 'column', t.name || '.' || quote_ident(a.attname),
               format_type(a.atttypid, a.atttypmod)
               || coalesce((SELECT ' COLLATE ' || quote_ident(o.collname) FROM pg_collation o, pg_type y
                            WHERE o.oid = a.attcollation AND y.oid = a.atttypid AND y.typcollation <> a.attcollation), '')
               || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
               || CASE WHEN a.attidentity <> '' THEN ' GENERATED ' || CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END
                           || ' AS IDENTITY' || coalesce((SELECT s.options FROM sequences s WHERE s.refobjid = t.oid
                                                          AND s.refobjsubid = a.attnum AND s.deptype = 'i'), '')
                       WHEN a.attgenerated <> '' THEN ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid)
                           || CASE a.attgenerated WHEN 's' THEN ') STORED' ELSE ') VIRTUAL' END
                       ELSE coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') END
               || CASE WHEN a.attstorage <> y.typstorage THEN ' STORAGE ' || a.attstorage::text ELSE '' END
               || coalesce(' WITH (' || array_to_string(a.attoptions, ', ') || ')', '') || coalesce(m.text, ''), t.name, 6
        FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid JOIN pg_type y ON y.oid = a.atttypid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        LEFT JOIN comments m ON m.classoid = 'pg_class'::regclass AND m.objoid = t.oid AND m.objsubid = a.attnum
        WHERE t.relkind IN ('r', 'p', 'f') AND a.attnum > 0 AND NOT a.attisdropped
        UNION ALL
        SELECT CASE k.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique constraint' WHEN 'f' THEN 'foreign key'
                              WHEN 'x' THEN 'exclusion constraint' ELSE 'check constraint' END,
               t.name || '.' || quote_ident(k.conname), pg_get_constraintdef(k.oid) || coalesce(m.text, ''), t.name, 7
        FROM pg_constraint k JOIN tables t ON t.oid = k.conrelid
        LEFT JOIN comments m ON m.classoid = 'pg_constraint'::regclass AND m.objoid = k.oid
        WHERE k.contype IN ('p', 'u', 'f', 'x', 'c')
        UNION ALL
        SELECT 'index', quote_ident(n.nspname) || '.' || quote_ident(c.relname),
               pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid THEN '' ELSE ' INVALID' END
               || CASE WHEN i.indisclustered THEN ' CLUSTER' ELSE '' END || coalesce(m.text, ''), t.name, 8
        FROM pg_index i JOIN tables t ON t.oid = i.indrelid JOIN pg_class c ON c.oid = i.indexrelid
        JOIN spaces n ON n.oid = c.relnamespace
        LEFT JOIN comments m ON m.classoid = 'pg_class'::regclass AND m.objoid = c.oid AND m.objsubid = 0
        WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
        UNION ALL
        SELECT CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END, p.oid::regprocedure::text,
               pg_get_functiondef(p.oid) || coalesce(m.text, ''), '', 9
        FROM pg_proc p JOIN spaces n ON n.oid = p.pronamespace
        LEFT JOIN comments m ON m.classoid = 'pg_proc'::regclass AND m.objoid = p.oid
        WHERE p.prokind <> 'a' AND NOT EXISTS (SELECT FROM of_extensions e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid)
        UNION ALL
        SELECT 'trigger', t.name || '.' || quote_ident(g.tgname),
               pg_get_triggerdef(g.oid) || CASE g.tgenabled WHEN 'O' THEN '' ELSE ' ENABLED ' || g.tgenabled::text END
               || coalesce(m.text, ''),
               t.name, 10
        FROM pg_trigger g JOIN tables t ON t.oid = g.tgrelid
        LEFT JOIN comments m ON m.classoid = 'pg_trigger'::regclass AND m.objoid = g.oid
        WHERE NOT g.tgisinternal AND NOT EXISTS (SELECT FROM of_extensions e WHERE e.classid = 'pg_trigger'::regclass AND e.objid = g.oid)
        UNION ALL
        SELECT 'policy', t.name || '.' || quote_ident(p.polname),
               CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END || ' FOR ' || p.polcmd::text
               || ' TO ' || coalesce((SELECT string_agg(quote_ident(r.rolname), ', ' ORDER BY r.rolname)
                                      FROM pg_roles r WHERE r.oid = ANY (p.polroles)), 'PUBLIC')
               || coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
               || coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '') || coalesce(m.text, ''), t.name, 11
        FROM pg_policy p JOIN tables t ON t.oid = p.polrelid
        LEFT JOIN comments m ON m.classoid = 'pg_policy'::regclass AND m.objoid = p.oid
        UNION ALL
        SELECT 'rule', t.name || '.' || quote_ident(r.rulename),
               pg_get_ruledef(r.oid) || CASE r.ev_enabled WHEN 'O' THEN '' ELSE ' ENABLED ' || r.ev_enabled::text END, t.name, 12
        FROM pg_rewrite r JOIN tables t ON t.oid = r.ev_class WHERE r.rulename <> '_RETURN'
        ) AS objects ORDER BY rank, name
        """;

    /// <summary>Reads the objects.</summary>
    public async Task<Catalog> ReadAsync(CancellationToken cancellation) => new(
        (await session.QueryAsync(Query, cancellation)).Select(row => new CatalogObject(row[0]!, row[1]!, row[2]!) { Owner = row[3]! }));
}
