using MigrationsBuild.Revisions;

namespace MigrationsBuild.Review;

/// <summary>A squashed migration, and the migrations that it replaces: a line of the approvals file.</summary>
/// <param name="Id">The id of the squashed migration.</param>
/// <param name="Replaced">The ids of the replaced migrations, oldest first. One of them may be a squashed migration itself.</param>
public sealed record Squash(string Id, IReadOnlyList<string> Replaced)
{
    /// <summary>The word after the id.</summary>
    private const string Word = "replaces";

    /// <summary>The line number in the approvals file, from 1; 0 for a new squash.</summary>
    internal int Line { get; init; }

    /// <summary>The newest replaced migration, after which the next one was approved.</summary>
    public string Last => Replaced[Replaced.Count - 1];

    /// <summary>Reads a line of the approvals file.</summary>
    /// <param name="line">The line: <c>20260301_Squashed replaces 20260101_Initial 20260301_AddUsers</c>.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <returns>The squash; <see langword="null"/> if the line has another form.</returns>
    internal static Squash? Parse(string line, int number)
    {
        var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 3 || words[1] != Word)
            return null;
        string[] replaced = [.. words.Skip(2)];
        var all = replaced.Prepend(words[0]).ToList();
        return all.TrueForAll(MigrationId.IsUsable) && all.Distinct(MigrationId.Equality).Count() == all.Count
            ? new Squash(words[0], replaced) { Line = number }
            : null;
    }

    /// <summary>The line of the approvals file.</summary>
    public override string ToString() => $"{Id} {Word} {string.Join(" ", Replaced)}";
}
