namespace MigrationsBuild.Tasks.BuildState;

/// <summary>
/// The stamps of the answers that workers have given in this build. An answer of an earlier build may depend on something that no stamp
/// covers, such as a server's clock or a file on a share. Where a wrong answer would have lasting effects, only an answer of this build
/// counts.
/// </summary>
internal sealed class FreshAnswers
{
    private readonly HashSet<string> _stamps = [];
    private readonly HashSet<string> _unusable = [];

    /// <summary>Records that a worker has answered.</summary>
    /// <param name="project">The project file.</param>
    /// <param name="stamp">The stamp of everything that the answer was computed from.</param>
    public void Add(string project, string stamp)
    {
        lock (_stamps)
            _stamps.Add(project + "|" + stamp);
    }

    /// <summary>Records whether the last answer can be used again, so that the worker isn't asked again in vain.</summary>
    /// <param name="answer">The file of the answer.</param>
    /// <param name="isUsable">Whether it has a verdict, and no draft.</param>
    public void Set(string answer, bool isUsable)
    {
        lock (_stamps)
            _ = isUsable ? _unusable.Remove(answer) : _unusable.Add(answer);
    }

    /// <summary>Whether a worker has given an answer that can't be used again.</summary>
    /// <param name="answer">The file of the answer.</param>
    public bool IsUnusable(string answer)
    {
        lock (_stamps)
            return _unusable.Contains(answer);
    }

    /// <summary>Whether a worker has answered for the same project and stamp.</summary>
    public bool Has(string project, string stamp)
    {
        lock (_stamps)
            return _stamps.Contains(project + "|" + stamp);
    }
}
