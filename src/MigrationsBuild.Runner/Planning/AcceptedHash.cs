using MigrationsBuild.Diagnostics;
using MigrationsBuild.Runner.Migrations;

namespace MigrationsBuild.Runner.Planning;

/// <summary>The hash by which a call agrees to what it was shown: the value of <c>DbAcceptSql</c>.</summary>
internal static class AcceptedHash
{
    /// <summary>How many digits a message names, and a call must give.</summary>
    public const int FewestDigits = 12;

    private const int MostDigits = 64;

    /// <summary>The beginning of a hash that the call names; empty if it names none.</summary>
    /// <exception cref="MigrationsException">It is none.</exception>
    public static string Of(MigrationSession session)
    {
        var text = session.Request.AcceptSql;
        return text.Length == 0 || text.Length is >= FewestDigits and <= MostDigits && text.All(char.IsAsciiHexDigit)
            ? text.ToLowerInvariant()
            : throw new MigrationsException(
                DiagnosticCodes.InvalidSetting,
                $"The call accepts the hash {text}, which is none. Give the first {FewestDigits} or more hexadecimal digits of the hash that a failed run names.");
    }
}
