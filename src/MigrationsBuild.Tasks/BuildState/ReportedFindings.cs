namespace MigrationsBuild.Tasks.BuildState;

/// <summary>
/// What this build has told already. A build that goes on to a publish, or to a verb, checks more than once; the object is the build's
/// own, and gone when it ends.
/// </summary>
internal sealed class ReportedFindings
{
    private readonly HashSet<string> _reported = [];

    /// <summary>Notes a finding.</summary>
    /// <param name="finding">All that tells it from others, and how loud it is.</param>
    /// <returns>Whether it is told for the first time.</returns>
    public bool Add(string finding)
    {
        lock (_reported)
            return _reported.Add(finding);
    }
}
