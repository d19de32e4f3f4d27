using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Planning;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>
/// Shows what the server says while it executes a migration, before the migration's own line: warnings always, the rest with <c>DbVerbose</c>.
/// The text is a migration's, so it can be anything: the words before it, with two colons, keep MSBuild from taking the line for an error or a
/// warning of a compiler.
/// </summary>
/// <param name="reporter">Where they are shown.</param>
/// <param name="isVerbose">Whether all is shown.</param>
internal sealed class Notices(IReporter reporter, bool isVerbose)
{
    private IReadOnlyList<MigrationChange> _changes = [];

    /// <summary>Says which migrations are executed from now on.</summary>
    /// <param name="changes">They, in their order.</param>
    public void Expect(params IReadOnlyList<MigrationChange> changes) => _changes = changes;

    /// <summary>Shows a notice.</summary>
    /// <param name="command">The statement that it is of; <see langword="null"/> if that is not known.</param>
    /// <param name="notice">The notice.</param>
    public void Show(SqlCommand? command, ServerNotice notice)
    {
        if ((!notice.IsWarning && !isVerbose) || _changes.Count == 0)
            return;
        var change = _changes.FirstOrDefault(change => change.Commands.Any(one => ReferenceEquals(one, command))) ?? _changes[^1];
        reporter.Line($"  {change.Id}: server: {notice.Severity}: {notice.Text}");
    }
}
