namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>The rows for privileges in <see cref="SchemaQuery"/>.</summary>
internal static class PrivilegeQuery
{
    /// <summary>
    /// The privileges of each role on each object, as far as they differ from those that a new object has (<c>acldefault</c>). It doesn't
    /// matter who has granted them. Default privileges of the role that owns the history, and so runs the migrations, name no role. The row
    /// of an object's owner is marked.
    /// </summary>
    public const string Rows =
        """
        SELECT 'privileges', concat('on ', b.text, ' to ', p.grantee),
               to_json(ARRAY['body', concat_ws('; ', 'GRANT ' || p.granted, 'GRANT ' || p.grantable || ' WITH GRANT OPTION',
                                               'REVOKE ' || p.revoked),
                             '#granted', p.granted, '#grantable', p.grantable, '#revoked', p.revoked, '#on', b.target,
                             '#column', b.column, '#schema', b.schema, '#creator', b.creator, '#role', p.grantee,
                             '#owner', CASE WHEN p.grantee_id = b.owner THEN 'true' END])::text,
               b.whole, '17', concat('acl/', b.need, '/', p.grantee_id), b.need
        FROM (
            SELECT o.kind || ' ' || o.name, CASE c.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || o.name, NULL, NULL, NULL,
                   coalesce(nullif(o.owner, ''), o.name), concat(o.class, '/', o.id, '/0'), c.relacl,
                   acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner), c.relowner
            FROM objects o JOIN pg_class c ON o.class = 'pg_class'::regclass AND c.oid = o.id
            WHERE o.sub = 0 AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
            UNION ALL
            SELECT 'sequence ' || s.name, 'SEQUENCE ' || s.name, NULL, NULL, NULL,
                   t.name, concat('pg_class'::regclass::oid, '/', t.oid, '/', s.refobjsubid), c.relacl,
                   acldefault('s', c.relowner), c.relowner
            FROM sequences s JOIN pg_class c ON c.oid = s.oid JOIN tables t ON t.oid = s.refobjid WHERE s.deptype = 'i'
            UNION ALL
            SELECT 'column ' || t.name || '.' || quote_ident(a.attname), 'TABLE ' || t.name, quote_ident(a.attname), NULL, NULL,
                   t.name, concat('pg_class'::regclass::oid, '/', t.oid, '/', a.attnum), a.attacl, NULL, t.relowner
            FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid
            WHERE a.attacl IS NOT NULL AND a.attnum > 0 AND NOT a.attisdropped
            UNION ALL
            SELECT 'schema ' || quote_ident(n.nspname), 'SCHEMA ' || quote_ident(n.nspname), NULL, quote_ident(n.nspname), NULL,
                   quote_ident(n.nspname), concat('pg_namespace'::regclass::oid, '/', n.oid, '/0'), n.nspacl,
                   acldefault('n', n.nspowner), n.nspowner
            FROM spaces s JOIN pg_namespace n ON n.oid = s.oid
            WHERE NOT EXISTS (SELECT FROM of_extensions e WHERE e.classid = 'pg_namespace'::regclass AND e.objid = s.oid)
            UNION ALL
            SELECT o.kind || ' ' || o.name, 'TYPE ' || o.name, NULL, NULL, NULL,
                   o.name, concat(o.class, '/', o.id, '/0'), y.typacl, acldefault('T', y.typowner), y.typowner
            FROM objects o JOIN pg_type y ON o.class = 'pg_type'::regclass AND y.oid = o.id
            UNION ALL
            SELECT o.kind || ' ' || o.name, upper(o.kind) || ' ' || o.name, NULL, NULL, NULL,
                   o.name, concat(o.class, '/', o.id, '/0'), p.proacl, acldefault('f', p.proowner), p.proowner
            FROM objects o JOIN pg_proc p ON o.class = 'pg_proc'::regclass AND p.oid = o.id
            UNION ALL
            SELECT concat('new ', lower(k.word), ' in schema ' || quote_ident(n.nspname), ' of ' || r.name), k.word, NULL,
                   quote_ident(n.nspname), r.name, coalesce(quote_ident(n.nspname), ''),
                   coalesce('pg_namespace'::regclass::oid || '/' || n.oid || '/0', 'pg_default_acl/' || d.oid), d.defaclacl,
                   CASE WHEN n.oid IS NULL THEN acldefault(k.type, d.defaclrole) END, d.defaclrole
            FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
            JOIN (VALUES ('r', 'r'::"char", 'TABLES'), ('S', 's', 'SEQUENCES'), ('f', 'f', 'FUNCTIONS'), ('T', 'T', 'TYPES'),
                         ('n', 'n', 'SCHEMAS')) AS k (defaclobjtype, type, word) ON k.defaclobjtype = d.defaclobjtype::text,
            LATERAL (SELECT CASE WHEN d.defaclrole <> coalesce(
                (SELECT c.relowner FROM pg_class c WHERE c.oid = to_regclass($1)), current_user::regrole)
                THEN quote_ident(pg_get_userbyid(d.defaclrole)) END) AS r (name)
        ) AS b (text, target, "column", schema, creator, whole, need, acl, standard, owner),
        LATERAL (
            SELECT x.grantee, CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END,
                   string_agg(x.privilege_type, ', ' ORDER BY x.privilege_type)
                       FILTER (WHERE NOT g.grantable AND s.grantee IS NULL),
                   string_agg(x.privilege_type, ', ' ORDER BY x.privilege_type) FILTER (WHERE g.grantable),
                   string_agg(x.privilege_type, ', ' ORDER BY x.privilege_type) FILTER (WHERE g.grantable IS NULL)
            FROM (SELECT grantee, privilege_type, bool_or(is_grantable) AS grantable FROM aclexplode(coalesce(b.acl, b.standard))
                  GROUP BY grantee, privilege_type) AS g
            FULL JOIN aclexplode(b.standard) AS s USING (grantee, privilege_type)
            CROSS JOIN LATERAL (SELECT coalesce(g.grantee, s.grantee), coalesce(g.privilege_type, s.privilege_type))
                AS x (grantee, privilege_type)
            WHERE g.grantable IS NULL OR g.grantable OR s.grantee IS NULL OR x.grantee = b.owner
            GROUP BY x.grantee
        ) AS p (grantee_id, grantee, granted, grantable, revoked)
        """;
}
