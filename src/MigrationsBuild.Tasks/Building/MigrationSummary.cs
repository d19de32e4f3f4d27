using MigrationsBuild.Protocol;

namespace MigrationsBuild.Tasks.Building;

/// <summary>Shows what a migration does, and what of it somebody should think twice about.</summary>
/// <param name="output">Where it is shown.</param>
internal sealed class MigrationSummary(VerbOutput output)
{
    /// <summary>Shows it.</summary>
    /// <param name="emission">The migration's SQL and operations.</param>
    public void Write(Emission emission)
    {
        foreach (var operation in emission.Operations)
            output.WriteLine($"    {operation}");
        foreach (var loss in emission.DataLosses)
            output.WriteLine($"    LOSES DATA: {loss}");
        foreach (var rename in emission.Renames)
            output.WriteLine($"    TAKEN FOR A RENAME: {rename}; if it is a new one, its data is the old one's");
        if (emission.Up is null)
            output.WriteLine($"    NO SQL: {emission.Reason}");
        else if (emission.Down is null)
            output.WriteLine($"    IRREVERSIBLE: {emission.Reason}");
    }
}
