using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Planning;

/// <summary>
/// Requires consent to SQL from the journal. It is no longer under review, because every role that may write to the journal may have
/// changed it. So it is shown in full before it runs, and it runs exactly as it was shown. If the database isn't a development database, or
/// if another user has written the SQL, it runs only if the call names its hash.
/// </summary>
/// <param name="session">The run.</param>
internal sealed class JournalAgreement(MigrationSession session)
{
    private string? _shown;

    /// <summary>Shows the SQL if it was not shown yet, and refuses it if the call doesn't accept it.</summary>
    /// <param name="reversals">The SQL with its migrations, in the order in which it runs.</param>
    /// <exception cref="MigrationsException">The call doesn't name its hash, or the text has changed since it was shown.</exception>
    public void Require(IReadOnlyList<JournalReversal> reversals)
    {
        var accepted = AcceptSqlOption.HashOf(session);
        if (reversals.Count == 0)
            return;
        var text = string.Concat(reversals.Select(reversal => $"-- reverts {reversal.Id}\n{reversal.Sql}"));
        var hash = ContentHash.OfText(text);
        var run = Hint.Add("To run exactly this text", "DbAcceptSql", hash[..AcceptSqlOption.FewestDigits]);
        var hasChanged = _shown is not null && _shown != text;
        if (_shown != text)
            Show(text, reversals.Count);
        _shown = text;
        if (hasChanged)
        {
            throw Refused(
                "The SQL from the journal has changed since it was shown, so nothing is reverted. The new SQL is above. Read it.", run);
        }

        if (session.Request.DryRun)
        {
            session.Reporter.Line("Read it.", run);
        }
        else if (accepted.Length > 0 && !hash.StartsWith(accepted, StringComparison.Ordinal))
        {
            throw Refused(
                $"The call accepts the hash {accepted}, which is not the hash of the SQL shown above, so nothing is reverted. Read it.",
                run);
        }
        else if (accepted.Length == 0 && session.IsKnownDevelopment && reversals.FirstOrDefault(reversal => !reversal.IsOwn) is { } other)
        {
            throw Refused(
                $"Another database user, {other.By}, wrote SQL shown above to the journal, so nothing is reverted. Read the SQL.",
                run);
        }
        else if (accepted.Length == 0 && !session.IsKnownDevelopment)
        {
            throw Refused($"The SQL shown above comes from the journal of {session.Database.Name}, so nothing is reverted. Read it.", run);
        }
    }

    private void Show(string text, int count)
    {
        session.Reporter.Line(
            $"This build doesn't have the SQL that reverts {(count == 1 ? "a migration" : $"{count} migrations")}. The journal has it:");
        foreach (var line in text.TrimEnd('\n').Split('\n'))
            session.Reporter.Line("    " + line);
    }

    private static MigrationsException Refused(string message, Hint run) => new(DiagnosticCodes.JournalSql, message, run);
}
