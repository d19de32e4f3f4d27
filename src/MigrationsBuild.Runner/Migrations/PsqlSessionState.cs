using MigrationsBuild.Runner.Databases;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>
/// Lines of a script for psql that keep its migrations apart, as the runner does: the settings that one makes for the session must not
/// affect the next one, nor the row of the history. Only migrations that may change the session get these lines.
/// </summary>
internal static class PsqlSessionState
{
    /// <summary>The statements that change nothing of the session, by their first word.</summary>
    private static readonly string[] _harmless =
        ["ALTER", "COMMENT", "CREATE", "DELETE", "DROP", "GRANT", "INSERT", "REVOKE", "TRUNCATE", "UPDATE", "VACUUM"];

    /// <summary>Makes psql read a script as UTF-8. Otherwise psql uses the encoding of the terminal or of Windows.</summary>
    public const string Encoding = "SET client_encoding = 'UTF8';";

    private const string Literals = "SET standard_conforming_strings = on;";

    /// <summary>
    /// The first lines of the script. A role or a database may have other settings, and psql's option to stop at an error may be forgotten.
    /// </summary>
    public static IReadOnlyList<string> Begin => ["\\set ON_ERROR_STOP on", Encoding, Literals];

    /// <summary>Stores the role and the search path of the session, before any migration.</summary>
    public static IReadOnlyList<string> Remember =>
    [
        "SELECT pg_catalog.current_setting('role') AS migrations_build_role, "
        + "pg_catalog.current_setting('search_path') AS migrations_build_path \\gset",
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
        Encoding,
        Literals,
        "SET ROLE :'migrations_build_role';",
        "SELECT pg_catalog.set_config('search_path', :'migrations_build_path', false) AS migrations_build_path \\gset",
    ];

    /// <summary>Whether the statements of a migration may change the session.</summary>
    public static bool IsChangedBy(IEnumerable<SqlCommand> commands) => commands.Any(command =>
        command.Statement is not { Words: [var first, ..] words }
        || !_harmless.Contains(first)
        || words.Contains("TEMP")
        || words.Contains("TEMPORARY"));
}
