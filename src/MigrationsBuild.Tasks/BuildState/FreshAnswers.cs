namespace MigrationsBuild.Tasks.BuildState;

/// <summary>
/// The answers that this build has had from workers. Another call's answer may come from a world that no stamp sees: a server's time, a file
/// on a share. So where a mistake would last, only an answer of this build counts.
/// </summary>
internal sealed class FreshAnswers
{
    private readonly HashSet<string> _stamps = [];

    /// <summary>Notes that a worker has answered.</summary>
    /// <param name="project">The project file.</param>
    /// <param name="stamp">What the answer came from.</param>
    public void Add(string project, string stamp)
    {
        lock (_stamps)
            _stamps.Add(project + "|" + stamp);
    }

    /// <summary>Whether one has, when all was as it is now.</summary>
    /// <param name="project">The project file.</param>
    /// <param name="stamp">What the answer would come from.</param>
    public bool Has(string project, string stamp)
    {
        lock (_stamps)
            return _stamps.Contains(project + "|" + stamp);
    }
}
