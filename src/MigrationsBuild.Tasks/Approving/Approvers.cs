using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Git;

namespace MigrationsBuild.Tasks.Approving;

/// <summary>The people who have approved migrations: the authors of the commits that added the lines of an approvals file.</summary>
internal sealed class Approvers
{
    private readonly Dictionary<string, GitPerson> _people = [];

    /// <summary>Reads the history of an approvals file.</summary>
    /// <param name="history">Its commits, oldest first.</param>
    public Approvers(IEnumerable<GitChange> history)
    {
        foreach (var commit in history)
        {
            // A line that a commit only changes, for example because the migration was verified, was approved before.
            var before = Subjects(commit.Removed).ToList();
            foreach (var subject in Subjects(commit.Added).Except(before))
                _people[subject] = commit.Author;
        }
    }

    /// <summary>Who has approved a migration; <see langword="null"/> if no commit shows it.</summary>
    public GitPerson? Find(Approval approval) => _people.TryGetValue(approval.Subject, out var person) ? person : null;

    private static IEnumerable<string> Subjects(IEnumerable<string> lines) =>
        lines.Select(ApprovalsFile.ParseLine).OfType<Approval>().Select(approval => approval.Subject);
}
