using MigrationsBuild.Runner.Databases;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>
/// Keeps the migrations of a script for psql apart, as the runner does: what one sets for the session must not reach the next, nor the row of
/// the history. Only migrations that may leave something behind get these lines.
/// </summary>
internal static class ScriptState
{
    private static readonly string[] _harmless = ["ALTER", "COMMENT", "CREATE", "DELETE", "DROP", "GRANT", "INSERT", "REVOKE", "TRUNCATE", "UPDATE", "VACUUM"];

    /// <summary>What psql is told before anything else. A role or a database may have other settings, and whoever runs the script may forget the option.</summary>
    public static IReadOnlyList<string> Begin => ["\\set ON_ERROR_STOP on", "SET standard_conforming_strings = on;"];

    /// <summary>Remembers who runs the script, and where, before any migration.</summary>
    public static IReadOnlyList<string> Remember =>
    [
        "SELECT pg_catalog.current_setting('role') AS migrations_build_role, pg_catalog.current_setting('search_path') AS migrations_build_path \\gset",
    ];

    /// <summary>Brings the session back to that state.</summary>
    public static IReadOnlyList<string> Restore =>
    [
        "SET SESSION AUTHORIZATION DEFAULT;",
        "RESET ALL;",
        "CLOSE ALL;",
        "DEALLOCATE ALL;",
        "DISCARD TEMP;",
        "DISCARD SEQUENCES;",
        "SET standard_conforming_strings = on;",
        "SET ROLE :'migrations_build_role';",
        "SELECT pg_catalog.set_config('search_path', :'migrations_build_path', false) AS migrations_build_path \\gset",
    ];

    /// <summary>Whether statements may leave something in the session.</summary>
    /// <param name="commands">The statements of a migration.</param>
    public static bool IsLeftBehindBy(IEnumerable<SqlCommand> commands) => commands.Any(command =>
        command.Statement is not { Words: [var first, ..] words } || !_harmless.Contains(first) || words.Contains("TEMP") || words.Contains("TEMPORARY"));
}
