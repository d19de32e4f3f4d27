namespace MigrationsBuild.Tasks.Git;

/// <summary>A question to git can't be answered. Each caller decides what that means for its user.</summary>
/// <param name="message">The reason, without a period at the end.</param>
internal sealed class GitException(string message) : Exception(message)
{
    /// <summary>Whether there is no git program or no repository, so that nothing is under version control.</summary>
    public bool IsAbsent { get; init; }
}
