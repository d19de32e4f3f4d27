using MigrationsBuild.Diagnostics;
using MigrationsBuild.Runner.Migrations;

namespace MigrationsBuild.Runner.Planning;

/// <summary>
/// The value of <c>DbAcceptSql</c>: the beginning of the hash of SQL that nobody approved, or that has changed since it ran. The hashes of
/// approved SQL are compared by <see cref="SqlFiles.Verify"/>.
/// </summary>
internal static class AcceptSqlOption
{
    /// <summary>The number of digits that a message names, and that a call must give at least.</summary>
    public const int FewestDigits = 12;

    private const int MostDigits = 64;

    /// <summary>The beginning of a hash that the call names; empty if it names none.</summary>
    /// <exception cref="MigrationsException">The value is not the beginning of a hash.</exception>
    public static string HashOf(MigrationSession session)
    {
        var text = session.Request.AcceptSql;
        return text.Length == 0 || text.Length is >= FewestDigits and <= MostDigits && text.All(char.IsAsciiHexDigit)
            ? text.ToLowerInvariant()
            : throw new MigrationsException(
                DiagnosticCodes.InvalidSetting,
                $"The call accepts the hash {text}, which is not a hash. "
                + $"Give the first {FewestDigits} or more hexadecimal digits of the hash that a failed run names.");
    }
}
