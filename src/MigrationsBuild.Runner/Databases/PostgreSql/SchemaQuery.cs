namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>The query of <see cref="SchemaReader"/>.</summary>
internal static class SchemaQuery
{
    /// <summary>
    /// Each object with its parts, a list of names and texts. A part whose name begins with <c>#</c> doesn't belong to the definition. Then
    /// its owner, its own ids in <c>pg_depend</c>, and the ids of what it needs.
    /// </summary>
    public const string Text = $"{Objects}\n{Rows}";

    /// <summary>The query with the rows of <see cref="PrivilegeQuery"/>. <c>$1</c> is the name of the history table.</summary>
    public const string WithPrivileges = $"{Objects}\n({Rows})\nUNION ALL\n{PrivilegeQuery.Rows}";

    private const string Objects =
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
            SELECT c.oid, c.relname, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name, d.refobjid, d.refobjsubid, d.deptype,
                   'AS ' || format_type(q.seqtypid, NULL) AS type,
                   format('INCREMENT %s MINVALUE %s MAXVALUE %s START %s CACHE %s%s', q.seqincrement, q.seqmin, q.seqmax, q.seqstart,
                          q.seqcache, CASE WHEN q.seqcycle THEN ' CYCLE' ELSE '' END) AS options
            FROM pg_sequence q JOIN pg_class c ON c.oid = q.seqrelid JOIN spaces n ON n.oid = c.relnamespace
            LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i')
                AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
            WHERE NOT EXISTS (SELECT FROM of_extensions e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid)
        ), objects (kind, name, parts, owner, rank, position, class, id, sub, alias_class, alias_id, needing_class, needing_id) AS (
        SELECT 'schema', quote_ident(s.nspname),
               ARRAY['body', 'CREATE SCHEMA ' || quote_ident(s.nspname), 'comment', obj_description(s.oid, 'pg_namespace')], '', 1, 0,
               'pg_namespace'::regclass::oid, s.oid, 0, NULL::oid, NULL::oid, NULL::oid, NULL::oid
        FROM spaces s
        WHERE s.nspname <> 'public'
          AND NOT EXISTS (SELECT FROM of_extensions e WHERE e.classid = 'pg_namespace'::regclass AND e.objid = s.oid)
        UNION ALL
        SELECT 'extension', quote_ident(x.extname),
               ARRAY['body', format('CREATE EXTENSION %I SCHEMA %I', x.extname, n.nspname), '#schema', quote_ident(n.nspname)], '', 2, 0,
               'pg_extension'::regclass, x.oid, 0, NULL, NULL, NULL, NULL
        FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace WHERE x.extname <> 'plpgsql'
        UNION ALL
        SELECT CASE y.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' ELSE 'type' END,
               quote_ident(n.nspname) || '.' || quote_ident(y.typname),
               CASE y.typtype
                   WHEN 'e' THEN ARRAY['body', 'ENUM (' || (SELECT string_agg(quote_literal(l.enumlabel), ', ' ORDER BY l.enumsortorder)
                                                            FROM pg_enum l WHERE l.enumtypid = y.oid) || ')']
                   WHEN 'd' THEN ARRAY[
                       'body', format_type(y.typbasetype, y.typtypmod)
                       || coalesce((SELECT ' COLLATE ' || y.typcollation::regcollation FROM pg_type b
                                    WHERE b.oid = y.typbasetype AND b.typcollation <> y.typcollation), ''),
                       'default', 'DEFAULT ' || y.typdefault, 'not null', CASE WHEN y.typnotnull THEN 'NOT NULL' END]
                       || (SELECT array_agg(w.text ORDER BY k.conname, w.i)
                           FROM pg_constraint k, LATERAL (VALUES
                               (1, 'constraint ' || quote_ident(k.conname)),
                               (2, 'CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid))) AS w (i, text)
                           WHERE k.contypid = y.oid AND k.contype = 'c')
                   ELSE ARRAY['body', '(' || coalesce((
                           SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum)
                           FROM pg_attribute a WHERE a.attrelid = y.typrelid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')']
                       || (SELECT array_agg(w.text ORDER BY a.attnum, w.i)
                           FROM pg_attribute a, LATERAL (VALUES
                               (1, '#attribute ' || quote_ident(a.attname)), (2, format_type(a.atttypid, a.atttypmod))) AS w (i, text)
                           WHERE a.attrelid = y.typrelid AND a.attnum > 0 AND NOT a.attisdropped)
               END || ARRAY['comment', obj_description(y.oid, 'pg_type')], '', 3, 0,
               'pg_type'::regclass, y.oid, 0, 'pg_type'::regclass, y.typarray, 'pg_class'::regclass, y.typrelid
        FROM pg_type y JOIN spaces n ON n.oid = y.typnamespace
        WHERE (y.typtype IN ('e', 'd') OR y.typtype = 'c' AND (SELECT c.relkind FROM pg_class c WHERE c.oid = y.typrelid) = 'c')
          AND NOT EXISTS (SELECT FROM of_extensions e WHERE e.classid = 'pg_type'::regclass AND e.objid = y.oid)
        UNION ALL
        SELECT 'sequence', s.name,
               ARRAY['type', s.type, 'options', s.options, 'owned', 'OWNED BY ' || s.refobjid::regclass || '.' || quote_ident(a.attname),
                     'comment', obj_description(s.oid, 'pg_class')],
               coalesce((SELECT t.name FROM tables t WHERE t.oid = s.refobjid), ''), 4, 0,
               'pg_class'::regclass, s.oid, 0, NULL, NULL, NULL, NULL
        FROM sequences s LEFT JOIN pg_attribute a ON a.attrelid = s.refobjid AND a.attnum = s.refobjsubid
        WHERE s.deptype IS DISTINCT FROM 'i'
        UNION ALL
        SELECT CASE t.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' ELSE 'table' END, t.name,
               ARRAY['persistence', CASE WHEN t.relpersistence = 'u' THEN 'UNLOGGED' END,
                     'body', CASE WHEN t.relkind IN ('v', 'm') THEN pg_get_viewdef(t.oid) ELSE 'TABLE' END,
                     'partitioned', 'PARTITION BY ' || pg_get_partkeydef(t.oid)]
               || (SELECT array_agg(w.text ORDER BY h.inhseqno, w.i)
                   FROM pg_inherits h, LATERAL (VALUES
                       (1, 'parent ' || h.inhseqno),
                       (2, CASE WHEN t.relispartition THEN 'PARTITION OF ' ELSE 'INHERITS ' END || h.inhparent::regclass)) AS w (i, text)
                   WHERE h.inhrelid = t.oid)
               || ARRAY['bound', pg_get_expr(t.relpartbound, t.oid),
                        'options', 'WITH (' || array_to_string(t.reloptions, ', ') || ')',
                        'row security', CASE WHEN t.relrowsecurity THEN 'ENABLE ROW LEVEL SECURITY' END,
                        'forced', CASE WHEN t.relforcerowsecurity THEN 'FORCE ROW LEVEL SECURITY' END,
                        'replica identity', CASE t.relreplident
                            WHEN 'f' THEN 'REPLICA IDENTITY FULL'
                            WHEN 'n' THEN CASE WHEN t.relkind = 'r' THEN 'REPLICA IDENTITY NOTHING' END
                            WHEN 'i' THEN 'REPLICA IDENTITY USING INDEX ' || (
                                SELECT quote_ident(c.relname) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                                WHERE i.indrelid = t.oid AND i.indisreplident) END,
                        'comment', obj_description(t.oid, 'pg_class'),
                        '#columns', CASE WHEN t.relkind = 'v' THEN (
                            SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum)
                            FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum > 0) END], '',
               CASE WHEN t.relkind IN ('v', 'm') THEN 13 ELSE 5 END, 0,
               'pg_class'::regclass, t.oid, 0, 'pg_type'::regclass, t.reltype, 'pg_rewrite'::regclass,
               (SELECT r.oid FROM pg_rewrite r WHERE r.ev_class = t.oid AND r.rulename = '_RETURN')
        FROM tables t
        UNION ALL
        SELECT 'column', t.name || '.' || quote_ident(a.attname),
               ARRAY['type', format_type(a.atttypid, a.atttypmod),
                     'collation', CASE WHEN y.typcollation <> a.attcollation THEN 'COLLATE ' || a.attcollation::regcollation END,
                     'not null', CASE WHEN a.attnotnull THEN 'NOT NULL' END,
                     'identity', CASE a.attidentity WHEN 'a' THEN 'GENERATED ALWAYS AS IDENTITY'
                                                    WHEN 'd' THEN 'GENERATED BY DEFAULT AS IDENTITY' END,
                     'identity type', s.type, 'identity options', s.options,
                     'generated', CASE WHEN a.attgenerated <> '' THEN 'GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') '
                                       || CASE a.attgenerated WHEN 's' THEN 'STORED' ELSE 'VIRTUAL' END END,
                     'default', CASE WHEN a.attgenerated = '' THEN 'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid) END,
                     'storage', CASE WHEN a.attstorage <> y.typstorage THEN 'STORAGE ' || CASE a.attstorage
                         WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END,
                     'options', 'WITH (' || array_to_string(a.attoptions, ', ') || ')',
                     'comment', col_description(t.oid, a.attnum), '#inherited', CASE WHEN a.attinhcount > 0 THEN 'true' END,
                     '#sequence', CASE WHEN s.relname <> concat(t.relname, '_', a.attname, '_seq') THEN s.name END],
               t.name, 6, a.attnum,
               'pg_class'::regclass, t.oid, a.attnum, NULL, NULL, 'pg_attrdef'::regclass, d.oid
        FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid JOIN pg_type y ON y.oid = a.atttypid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        LEFT JOIN sequences s ON s.refobjid = t.oid AND s.refobjsubid = a.attnum AND s.deptype = 'i'
        WHERE t.relkind IN ('r', 'p', 'f') AND a.attnum > 0 AND NOT a.attisdropped
        UNION ALL
        SELECT CASE k.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique constraint' WHEN 'f' THEN 'foreign key'
                              WHEN 'x' THEN 'exclusion constraint' ELSE 'check constraint' END,
               t.name || '.' || quote_ident(k.conname),
               ARRAY['body', pg_get_constraintdef(k.oid), 'comment', obj_description(k.oid, 'pg_constraint'),
                     '#inherited', CASE WHEN k.conparentid <> 0 OR k.coninhcount > 0 THEN 'true' END],
               t.name, CASE WHEN k.contype = 'f' THEN 11 WHEN t.relkind = 'p' THEN 8 ELSE 7 END, 0,
               'pg_constraint'::regclass, k.oid, 0, 'pg_class'::regclass, CASE WHEN k.contype <> 'f' THEN k.conindid END, NULL, NULL
        FROM pg_constraint k JOIN tables t ON t.oid = k.conrelid
        WHERE k.contype IN ('p', 'u', 'f', 'x', 'c')
        UNION ALL
        SELECT 'index', quote_ident(n.nspname) || '.' || quote_ident(c.relname),
               ARRAY['body', pg_get_indexdef(i.indexrelid), 'invalid', CASE WHEN NOT i.indisvalid THEN 'INVALID' END,
                     'clustered', CASE WHEN i.indisclustered THEN 'CLUSTER' END, 'comment', obj_description(c.oid, 'pg_class')],
               t.name, CASE WHEN t.relkind = 'p' THEN 10 ELSE 9 END, 0,
               'pg_class'::regclass, c.oid, 0, NULL, NULL, NULL, NULL
        FROM pg_index i JOIN tables t ON t.oid = i.indrelid JOIN pg_class c ON c.oid = i.indexrelid
        JOIN spaces n ON n.oid = c.relnamespace
        WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
        UNION ALL
        SELECT CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END, p.oid::regprocedure::text,
               ARRAY['body', pg_get_functiondef(p.oid), 'comment', obj_description(p.oid, 'pg_proc'),
                     '#signature', concat(pg_get_function_arguments(p.oid), ' RETURNS ', pg_get_function_result(p.oid))],
               '', 12, 0, 'pg_proc'::regclass, p.oid, 0, NULL, NULL, NULL, NULL
        FROM pg_proc p JOIN spaces n ON n.oid = p.pronamespace
        WHERE p.prokind <> 'a' AND NOT EXISTS (SELECT FROM of_extensions e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid)
        UNION ALL
        SELECT 'trigger', t.name || '.' || quote_ident(g.tgname),
               ARRAY['body', pg_get_triggerdef(g.oid),
                     'enabled', CASE g.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' END,
                     'comment', obj_description(g.oid, 'pg_trigger'), '#inherited', CASE WHEN g.tgparentid <> 0 THEN 'true' END],
               t.name, 14, 0, 'pg_trigger'::regclass, g.oid, 0, NULL, NULL, NULL, NULL
        FROM pg_trigger g JOIN tables t ON t.oid = g.tgrelid
        WHERE NOT g.tgisinternal AND NOT EXISTS (SELECT FROM of_extensions e WHERE e.classid = 'pg_trigger'::regclass AND e.objid = g.oid)
        UNION ALL
        SELECT 'policy', t.name || '.' || quote_ident(p.polname),
               ARRAY['body', CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END || ' FOR ' || CASE p.polcmd
                         WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END
                     || ' TO ' || coalesce((SELECT string_agg(quote_ident(r.rolname), ', ' ORDER BY r.rolname)
                                            FROM pg_roles r WHERE r.oid = ANY (p.polroles)), 'PUBLIC')
                     || coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
                     || coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', ''),
                     'comment', obj_description(p.oid, 'pg_policy')],
               t.name, 15, 0, 'pg_policy'::regclass, p.oid, 0, NULL, NULL, NULL, NULL
        FROM pg_policy p JOIN tables t ON t.oid = p.polrelid
        UNION ALL
        SELECT 'rule', t.name || '.' || quote_ident(r.rulename),
               ARRAY['body', pg_get_ruledef(r.oid),
                     'enabled', CASE r.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' END,
                     'comment', obj_description(r.oid, 'pg_rewrite')],
               t.name, 16, 0, 'pg_rewrite'::regclass, r.oid, 0, NULL, NULL, NULL, NULL
        FROM pg_rewrite r JOIN tables t ON t.oid = r.ev_class WHERE r.rulename <> '_RETURN'
        )
        """;

    private const string Rows =
        """
        SELECT o.kind, o.name, to_json(o.parts)::text, o.owner, o.rank::text,
               concat_ws(' ', concat(o.class, '/', o.id, '/', o.sub), o.alias_class || '/' || o.alias_id || '/0'),
               (SELECT string_agg(DISTINCT concat(d.refclassid, '/', d.refobjid, '/', d.refobjsubid), ' ')
                FROM (VALUES (o.class, o.id, o.sub), (o.needing_class, o.needing_id, 0)) AS w (class, id, sub)
                JOIN pg_depend d ON d.classid = w.class AND d.objid = w.id AND (w.sub = 0 OR d.objsubid = w.sub)
                WHERE d.deptype IN ('n', 'a', 'i'))
        FROM objects o ORDER BY o.rank, o.owner COLLATE "C", o.position, o.name COLLATE "C"
        """;
}
