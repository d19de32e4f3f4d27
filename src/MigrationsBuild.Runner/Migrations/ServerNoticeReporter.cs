using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Reporting;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>
/// Shows the server's messages during a migration, before the migration's own line: warnings always, the others with <c>DbVerbose</c>.
/// </summary>
/// <remarks>
/// The text can be anything, because a migration has written it. The words before it, with two colons, keep MSBuild from taking the line
/// for a compiler's error or warning.
/// </remarks>
/// <param name="reporter">Receives the lines.</param>
/// <param name="isVerbose">Whether all messages are shown.</param>
internal sealed class ServerNoticeReporter(IReporter reporter, bool isVerbose)
{
    private IReadOnlyList<MigrationChange> _changes = [];

    /// <summary>Sets the migrations that are executed from now on, in their order.</summary>
    public void Expect(params IReadOnlyList<MigrationChange> changes) => _changes = changes;

    /// <summary>Shows a message.</summary>
    /// <param name="command">The statement that it belongs to; <see langword="null"/> if that is unknown.</param>
    /// <param name="notice">The message.</param>
    public void Show(SqlCommand? command, ServerNotice notice)
    {
        if ((!notice.IsWarning && !isVerbose) || _changes.Count == 0)
            return;
        var change = _changes.FirstOrDefault(change => change.Commands.Any(one => ReferenceEquals(one, command))) ?? _changes[^1];
        reporter.Line($"  {change.Id}: server: {notice.Severity}: {notice.Text}");
    }
}
