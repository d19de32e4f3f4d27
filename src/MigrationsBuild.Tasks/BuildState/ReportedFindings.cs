namespace MigrationsBuild.Tasks.BuildState;

/// <summary>The findings that this build has reported. A build that continues with a publish or a verb checks more than once.</summary>
internal sealed class ReportedFindings
{
    private readonly HashSet<string> _reported = [];

    /// <summary>Records a finding.</summary>
    /// <param name="finding">Everything that distinguishes the finding from others, including its severity.</param>
    /// <returns>Whether it was not recorded before.</returns>
    public bool Add(string finding)
    {
        lock (_reported)
            return _reported.Add(finding);
    }
}
