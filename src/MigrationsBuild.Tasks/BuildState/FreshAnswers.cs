namespace MigrationsBuild.Tasks.BuildState;

/// <summary>
/// The stamps of the answers that workers have given in this build. An answer of an earlier build may depend on something that no stamp
/// covers, such as a server's clock or a file on a share. Where a wrong answer would have lasting effects, only an answer of this build
/// counts.
/// </summary>
internal sealed class FreshAnswers
{
    private readonly HashSet<string> _stamps = [];

    /// <summary>Records that a worker has answered.</summary>
    /// <param name="project">The project file.</param>
    /// <param name="stamp">The stamp of everything that the answer was computed from.</param>
    public void Add(string project, string stamp)
    {
        lock (_stamps)
            _stamps.Add(project + "|" + stamp);
    }

    /// <summary>Whether a worker has answered for the same project and stamp.</summary>
    public bool Has(string project, string stamp)
    {
        lock (_stamps)
            return _stamps.Contains(project + "|" + stamp);
    }
}
