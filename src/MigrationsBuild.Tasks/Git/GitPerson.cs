namespace MigrationsBuild.Tasks.Git;

/// <summary>The author of a commit, as <c>.mailmap</c> has it. Git doesn't verify it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Email">The email address, by which people are compared.</param>
internal sealed record GitPerson(string Name, string Email)
{
    /// <inheritdoc/>
    public bool Equals(GitPerson? other) => other is not null && Email.Equals(other.Email, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Email);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} <{Email}>";
}

/// <summary>What a commit changes in a file.</summary>
/// <param name="Author">The author.</param>
/// <param name="Removed">The lines that it removes.</param>
/// <param name="Added">The lines that it adds.</param>
internal sealed record GitChange(GitPerson Author, IReadOnlyList<string> Removed, IReadOnlyList<string> Added);
