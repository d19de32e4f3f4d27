using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>The statements that create the journal.</summary>
internal static class JournalDefinition
{
    /// <param name="journal">The journal's name as it is written in SQL.</param>
    public static IReadOnlyList<SqlCommand> Create(string journal) =>
    [
        $"""
        CREATE TABLE IF NOT EXISTS {journal} (
            "Id" pg_catalog.int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            "Context" pg_catalog.text NOT NULL,
            "MigrationId" pg_catalog.text NOT NULL,
            "Action" pg_catalog.text NOT NULL,
            "Hash" pg_catalog.text,
            "DownSql" pg_catalog.text,
            "Statements" pg_catalog.int4,
            "At" pg_catalog.timestamptz NOT NULL,
            "By" pg_catalog.text NOT NULL,
            "Milliseconds" pg_catalog.int8
        )
        """,
        $"REVOKE ALL ON {journal} FROM PUBLIC",
        // A role that may write there could have SQL executed at a rollback, and default privileges can grant that on every new table.
        SessionState.SafePath,
        "DO " + SqlText.Literal(
            $"""
            DECLARE other name;
            BEGIN
                FOR other IN
                    SELECT DISTINCT r.rolname FROM pg_class c, aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee
                    WHERE c.oid = {SqlText.Literal(journal)}::regclass AND a.grantee <> c.relowner
                LOOP
                    EXECUTE format('REVOKE ALL ON %s FROM %I', {SqlText.Literal(journal)}::regclass, other);
                END LOOP;
            END
            """),
    ];
}
