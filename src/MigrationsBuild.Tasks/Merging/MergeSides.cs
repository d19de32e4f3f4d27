using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tasks.Git;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Merging;

/// <summary>The two sides of a merge.</summary>
/// <param name="Own">The commit of the own side, whose migrations are drafted again.</param>
/// <param name="Other">The commit of the other side, whose migrations stay.</param>
/// <param name="Name">The other side, for people.</param>
internal sealed record MergeSides(string Own, string Other, string Name)
{
    /// <summary>Whether <see cref="Name"/> is that of a branch, which git knows.</summary>
    public bool IsNamed { get; private init; }

    /// <summary>
    /// Finds the sides. In a merge, the branch that is being merged is the other side. In a rebase and a cherry-pick it is the other way
    /// round: git applies the own commits to the other branch.
    /// </summary>
    /// <param name="git">The repository.</param>
    /// <param name="onto">The other branch; empty for that of the merge.</param>
    /// <exception cref="MigrationsException">There is no merge, or no such branch.</exception>
    public static MergeSides Of(GitRepository git, string onto)
    {
        var head = git.Find("HEAD") ?? throw new MigrationsException(DiagnosticCodes.CannotRebase, "The repository has no commits.");
        var (merged, applied) = (git.Find("MERGE_HEAD"), git.Find("REBASE_HEAD") ?? git.Find("CHERRY_PICK_HEAD"));
        if (onto.Length > 0)
        {
            return git.Find(onto) is { } other
                ? new MergeSides(other == head ? merged ?? applied ?? head : applied ?? head, other, onto) { IsNamed = true }
                : throw new MigrationsException(DiagnosticCodes.CannotRebase, $"The repository has no branch {onto}.");
        }

        if (merged is not null)
            return new MergeSides(head, merged, "the branch that is being merged");
        return applied is not null
            ? new MergeSides(applied, head, "the branch that you rebase onto")
            : throw new MigrationsException(
                DiagnosticCodes.CannotRebase,
                "No merge or rebase is in progress.",
                new Hint("Name the branch whose migrations come first, and run", VerbTable.Rebase).With("DbOnto", "main"));
    }
}
