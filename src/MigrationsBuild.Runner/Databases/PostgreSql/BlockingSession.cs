namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>A session that holds a lock for which the run waits, as far as the run's role may see it.</summary>
internal static class BlockingSession
{
    /// <summary>
    /// The columns of <c>pg_stat_activity a</c> that <see cref="Describe"/> needs. Most are null if the role may not see other users'
    /// sessions.
    /// </summary>
    /// <param name="since">The start of its transaction, or, outside of one, of its connection.</param>
    public static string Columns(string since = "coalesce(a.xact_start, a.backend_start)") =>
        $"""
        a.pid::text, a.usename::text, nullif(a.application_name, ''), host(a.client_addr), a.state,
        to_char({since}, 'YYYY-MM-DD HH24:MI:SS TZ'), extract(epoch FROM clock_timestamp() - {since})::bigint::text,
        regexp_replace(left(a.query, 500), '\s+', ' ', 'g')
        """;

    /// <summary>The session in words.</summary>
    /// <param name="row">The values of <see cref="Columns"/>.</param>
    /// <param name="withQuery">Whether to include the statement that it executes, which may hold data.</param>
    public static string Describe(string?[] row, bool withQuery) => string.Join(
        ", ",
        new[]
        {
            $"pid {row[0]}",
            row[1] is { } user ? $"user {user}" : null,
            row[2],
            row[3] is { } address ? $"from {address}" : null,
            row[4],
            row[5] is { } since ? $"since {since} ({row[6]} s)" : null,
            withQuery && row[7] is { Length: > 0 } query ? $"query: {query.TrimEnd(' ', ';')}" : null,
        }.OfType<string>());
}
