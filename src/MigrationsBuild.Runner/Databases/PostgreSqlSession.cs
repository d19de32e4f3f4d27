namespace MigrationsBuild.Runner.Databases;

/// <summary>Somebody who is connected to the server, as far as we may see.</summary>
internal static class PostgreSqlSession
{
    /// <summary>What <see cref="Describe"/> needs, of <c>pg_stat_activity a</c>. Much of it is null for who may not see other users' sessions.</summary>
    /// <param name="since">Since when it does what it does: its transaction, if it is in one, or its connection.</param>
    public static string Columns(string since = "coalesce(a.xact_start, a.backend_start)") =>
        $"""
        a.pid::text, a.usename::text, nullif(a.application_name, ''), host(a.client_addr), a.state,
        to_char({since}, 'YYYY-MM-DD HH24:MI:SS TZ'), extract(epoch FROM clock_timestamp() - {since})::bigint::text, regexp_replace(left(a.query, 500), '\s+', ' ', 'g')
        """;

    /// <summary>A session in words.</summary>
    /// <param name="row">The values of <see cref="Columns"/>.</param>
    /// <param name="withQuery">Whether it may be told what it is executing.</param>
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
