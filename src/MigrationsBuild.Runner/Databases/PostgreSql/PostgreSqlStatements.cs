using System.Text.RegularExpressions;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>What can be known of a migration's statement from its words.</summary>
internal static class PostgreSqlStatements
{
    /// <summary>Whether it sets up the session: SET outside of a transaction holds for the session.</summary>
    public static bool SetsUpSession(SqlCommand command) => command.Statement is { Words: ["SET" or "RESET", ..] };

    /// <summary>Whether it makes no session wait that reads or writes, wherever it waits itself.</summary>
    public static bool BlocksNoSession(SqlCommand command) => command.Statement is { } statement
        && (statement.Words.Contains("CONCURRENTLY") || statement.Words is ["VACUUM", ..] && !statement.Words.Contains("FULL"));

    /// <summary>
    /// Whether it can be in a transaction: the server doesn't refuse it there, and it doesn't end transactions itself, as an anonymous
    /// block can.
    /// </summary>
    public static bool MayBeInTransaction(SqlCommand command) => !SetsUpSession(command) && !BlocksNoSession(command)
        && !Regex.IsMatch(command.Text, @"\b(COMMIT|ROLLBACK)\b", RegexOptions.IgnoreCase);
}
