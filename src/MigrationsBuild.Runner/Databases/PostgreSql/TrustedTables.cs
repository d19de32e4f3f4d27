using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>
/// Checks whether the history and the journal can be trusted. The owner of a table decides what else a write to it executes: a trigger, a
/// rule, a default. So a role that may create tables could have created these two beforehand, and the run of an administrator would execute
/// that role's code with an administrator's permissions.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="schema">The schema of the tables.</param>
/// <param name="historyTable">The name of the history table.</param>
internal sealed class TrustedTables(PostgreSqlSession session, HistorySchema schema, string historyTable)
{
    /// <exception cref="MigrationsException">Another role could have its code executed; the text names the statement that prevents
    /// it.</exception>
    public async Task RequireAsync(CancellationToken cancellation)
    {
        foreach (var row in await session.QueryAsync(
            SqlCommand.Own(
                """
                WITH RECURSIVE ours(oid, is_superuser) AS (
                    SELECT r.oid, r.rolsuper FROM pg_roles r WHERE r.rolname = current_user
                    UNION
                    SELECT m.roleid, ours.is_superuser FROM pg_auth_members m JOIN ours ON ours.oid = m.member)
                SELECT c.relname::text, c.relkind::text, o.rolname::text,
                       (o.oid IN (SELECT oid FROM ours) OR o.rolsuper AND (SELECT bool_or(is_superuser) FROM ours))::text,
                       (SELECT string_agg(format('DROP TRIGGER %I ON %I.%I', t.tgname, n.nspname, c.relname), '; ')
                        FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal),
                       (SELECT string_agg(format('DROP RULE %I ON %I.%I', r.rulename, n.nspname, c.relname), '; ')
                        FROM pg_rewrite r WHERE r.ev_class = c.oid),
                       c.relrowsecurity::text, current_user::text
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_roles o ON o.oid = c.relowner
                WHERE n.nspname = $1 AND c.relname IN ($2, $3)
                """,
                schema.Name, historyTable, Database.JournalTable),
            cancellation))
        {
            if (FlawOf(Table.Of(row)) is { } flaw)
                throw new MigrationsException(flaw);
        }
    }

    private Diagnostic? FlawOf(Table table)
    {
        var name = schema.Qualified(table.Name);
        return table switch
        {
            { Kind: not "r" } => Untrusted(
                name,
                "is not an ordinary table",
                $"Rename it, so that it can be created: ALTER {(table.Kind == "v" ? "VIEW" : "TABLE")} {name} "
                + $"RENAME TO {SqlText.Quote(table.Name + "_old")}"),
            { IsOurs: false } => Untrusted(
                name,
                $"belongs to {table.Owner}, and {table.User} is not a member of that role: "
                + $"code that {table.Owner} attaches to it would run with the permissions of {table.User}",
                $"If you trust its owner: GRANT {SqlText.Quote(table.Owner)} TO {SqlText.Quote(table.User)}, "
                + $"or take it over: ALTER TABLE {name} OWNER TO {SqlText.Quote(table.User)}",
                Hint.Add("Or run as its owner", "DbRole", table.Owner)),
            { DropTriggers: { } drop } => Untrusted(
                name, "has triggers, which MigrationsBuild doesn't create", $"If you did not create them, run: {drop}"),
            { DropRules: { } drop } => Untrusted(
                name, "has rules, which MigrationsBuild doesn't create", $"If you did not create them, run: {drop}"),
            { HasRowSecurity: true } => Untrusted(
                name,
                "has row level security, which MigrationsBuild doesn't switch on",
                $"Run: ALTER TABLE {name} DISABLE ROW LEVEL SECURITY"),
            _ => null,
        };
    }

    private static Diagnostic Untrusted(string table, string flaw, string fix, params Hint[] hints) =>
        new(DiagnosticCodes.UntrustedTable, $"The table {table} {flaw}. Nothing was done. {fix}") { Hints = hints };

    /// <summary>A row of the query.</summary>
    private sealed record Table(string Name, string Kind, string Owner, bool IsOurs, string User)
    {
        /// <summary>The statements that drop its triggers; <see langword="null"/> if it has none.</summary>
        public string? DropTriggers { get; private init; }

        /// <summary>The statements that drop its rules; <see langword="null"/> if it has none.</summary>
        public string? DropRules { get; private init; }

        public bool HasRowSecurity { get; private init; }

        public static Table Of(string?[] row) => new(row[0]!, row[1]!, row[2]!, row[3] != "false", row[7]!)
        {
            DropTriggers = row[4],
            DropRules = row[5],
            HasRowSecurity = row[6] == "true",
        };
    }
}
