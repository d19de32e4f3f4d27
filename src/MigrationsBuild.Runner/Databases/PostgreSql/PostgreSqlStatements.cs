using System.Text.RegularExpressions;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>Facts about a migration's statement that its text shows.</summary>
internal static class PostgreSqlStatements
{
    /// <summary>Whether it sets up the session: SET outside of a transaction holds for the session.</summary>
    public static bool SetsUpSession(SqlCommand command) => command.Statement is { Words: ["SET" or "RESET", ..] };

    /// <summary>Whether it makes no session wait that reads or writes, wherever it waits itself.</summary>
    public static bool BlocksNoSession(SqlCommand command) => command.Statement is not null && Parse(command) switch
    {
        CreateIndex index => index.IsConcurrent,
        DropIndex index => index.IsConcurrent,
        AlterTable => Detached(command) is not null,
        OtherStatement other => other.Command == "VACUUM" || other.Command.EndsWith(" CONCURRENTLY", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>The index or table that a <c>REINDEX CONCURRENTLY</c> names; <see langword="null"/> for another statement.</summary>
    public static string? Rebuilt(SqlCommand command) => Parse(command) is OtherStatement { Command: "REINDEX CONCURRENTLY" }
        && Regex.Match(command.Text, @"\b(INDEX|TABLE)\s+(CONCURRENTLY\s+)?(?<name>.+)", RegexOptions.IgnoreCase | RegexOptions.Singleline)
            is { Success: true } match
            ? match.Groups["name"].Value
            : null;

    /// <summary>The table and the partition that it detaches concurrently; <see langword="null"/> for another statement.</summary>
    public static (ObjectName Table, ObjectName Partition)? Detached(SqlCommand command) =>
        Parse(command) is AlterTable { Actions: [ChangePartition { IsConcurrent: true } detach] } alter
            ? (alter.Table, detach.Partition)
            : null;

    private static Statement Parse(SqlCommand command) => new StatementParser(SqlDialect.PostgreSql).Parse(command.Text);

    /// <summary>
    /// Whether it can be in a transaction: the server doesn't refuse it there, and it doesn't end transactions itself, as an anonymous
    /// block can.
    /// </summary>
    public static bool MayBeInTransaction(SqlCommand command) => !SetsUpSession(command) && !BlocksNoSession(command)
        && !Regex.IsMatch(command.Text, @"\b(COMMIT|ROLLBACK)\b", RegexOptions.IgnoreCase);
}
