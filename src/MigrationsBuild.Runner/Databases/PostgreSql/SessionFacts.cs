using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>A session as the connection, the role and the database configure it. One query reads everything at once.</summary>
/// <param name="User">The session's user.</param>
/// <param name="Role">The current role; <c>none</c> for the user's own. <c>ALTER ROLE … SET role</c> may have set it.</param>
/// <param name="ChecksClient">Whether the server ends the session, and so releases the lock, soon after the client is gone.</param>
/// <param name="IsStandby">Whether the server is in recovery.</param>
/// <param name="HistorySchema">The schema of the history table that the search path finds; <see langword="null"/> if there is none.</param>
/// <param name="CurrentSchema">The first schema of the search path that exists; <see langword="null"/> if there is none.</param>
/// <param name="SearchPath">The search path.</param>
internal sealed record SessionFacts(
    string User, string Role, bool ChecksClient, bool IsStandby, string? HistorySchema, string? CurrentSchema, string SearchPath)
{
    /// <summary>The statements that read the facts; the last one returns them.</summary>
    /// <param name="historyTable">The name of the history table.</param>
    public static IReadOnlyList<SqlCommand> Query(string historyTable) =>
    [
        // PostgreSQL 14 and later, on systems that can find out whether the client has died.
        """
        DO $$ BEGIN PERFORM pg_catalog.set_config('client_connection_check_interval', '2s', false); EXCEPTION WHEN OTHERS THEN NULL; END $$
        """,
        SqlCommand.Own(
            """
            SELECT session_user::pg_catalog.text, pg_catalog.current_setting('role'),
                   pg_catalog.current_setting('client_connection_check_interval', true),
                   pg_catalog.pg_is_in_recovery()::pg_catalog.text,
                   (SELECT n.nspname::pg_catalog.text FROM pg_catalog.pg_class c, pg_catalog.pg_namespace n
                    WHERE c.oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass($1) AND n.oid OPERATOR(pg_catalog.=) c.relnamespace),
                   pg_catalog.current_schema()::pg_catalog.text, pg_catalog.current_setting('search_path')
            """,
            SqlText.Quote(historyTable)),
    ];

    /// <summary>The facts.</summary>
    /// <param name="row">The row that <see cref="Query"/> returned.</param>
    public static SessionFacts Of(string?[] row) => new(
        User: row[0]!,
        Role: row[1]!,
        ChecksClient: row[2] is not (null or "0"),
        IsStandby: row[3] == "true",
        HistorySchema: row[4],
        CurrentSchema: row[5],
        SearchPath: row[6]!);
}
