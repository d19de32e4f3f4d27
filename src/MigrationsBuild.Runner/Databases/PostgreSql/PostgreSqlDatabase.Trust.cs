using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <content>
/// Whether the history and the journal can be trusted. Whoever owns a table decides what else runs when somebody writes into it: a trigger, a
/// rule, a default. So a role that may create tables could have made them beforehand, and an administrator's run would execute its code with
/// an administrator's permissions.
/// </content>
internal sealed partial class PostgreSqlDatabase
{
    /// <exception cref="MigrationsException">There is such a way; the text names the statement that closes it.</exception>
    private async Task RequireTrustedTablesAsync(CancellationToken cancellation)
    {
        foreach (var row in await QueryAsync(
            SqlCommand.Own(
                """
                WITH RECURSIVE ours(oid, is_superuser) AS (
                    SELECT r.oid, r.rolsuper FROM pg_roles r WHERE r.rolname = current_user
                    UNION
                    SELECT m.roleid, ours.is_superuser FROM pg_auth_members m JOIN ours ON ours.oid = m.member)
                SELECT c.relname::text, c.relkind::text, o.rolname::text,
                       (o.oid IN (SELECT oid FROM ours) OR o.rolsuper AND (SELECT bool_or(is_superuser) FROM ours))::text,
                       (SELECT string_agg(format('DROP TRIGGER %I ON %I.%I', t.tgname, n.nspname, c.relname), '; ') FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal),
                       (SELECT string_agg(format('DROP RULE %I ON %I.%I', r.rulename, n.nspname, c.relname), '; ') FROM pg_rewrite r WHERE r.ev_class = c.oid),
                       c.relrowsecurity::text, current_user::text
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_roles o ON o.oid = c.relowner
                WHERE n.nspname = $1 AND c.relname IN ($2, $3)
                """,
                _schema, History.Name, JournalTable),
            cancellation))
        {
            RequireTrusted(row);
        }
    }

    private void RequireTrusted(string?[] row)
    {
        var table = Qualified(row[0]!);
        var (kind, owner, user) = (row[1], row[2]!, row[7]!);
        var (what, fix) = row switch
        {
            _ when kind != "r" => (
                "is not an ordinary table",
                $"Rename it, so that it can be created: ALTER {(kind == "v" ? "VIEW" : "TABLE")} {table} RENAME TO {SqlText.Quote(row[0] + "_old")}"),
            [_, _, _, "false", ..] => (
                $"belongs to {owner}, and {user} is not a member of that role: code that {owner} attaches to it would run with the permissions of {user}",
                $"If you trust its owner: GRANT {SqlText.Quote(owner)} TO {SqlText.Quote(user)}, "
                + $"or take it over: ALTER TABLE {table} OWNER TO {SqlText.Quote(user)}"),
            [_, _, _, _, { } triggers, ..] => ("has triggers, which MigrationsBuild doesn't create", $"If you did not create them, run: {triggers}"),
            [_, _, _, _, _, { } rules, ..] => ("has rules, which MigrationsBuild doesn't create", $"If you did not create them, run: {rules}"),
            [_, _, _, _, _, _, "true", ..] => ("has row level security, which MigrationsBuild doesn't switch on", $"Run: ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"),
            _ => ("", ""),
        };
        if (what.Length == 0)
            return;
        var isForeign = what.StartsWith("belongs", StringComparison.Ordinal);
        throw new MigrationsException(new Diagnostic(DiagnosticCodes.UntrustedTable, $"The table {table} {what}. Nothing was done. {fix}")
        {
            Hints = isForeign ? [Hint.Add("Or run as its owner", "DbRole", owner)] : [],
        });
    }
}
