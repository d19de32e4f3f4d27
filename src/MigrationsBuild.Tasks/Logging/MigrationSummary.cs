using MigrationsBuild.Protocol;

namespace MigrationsBuild.Tasks.Logging;

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
            output.WriteLine($"    RENAMES, and keeps the data: {rename}. Was it meant as a drop and an add? Then change the migration's C#");
        foreach (var warning in emission.Warnings)
            output.WriteLine($"    EF CORE WARNS: {warning}");
        if (emission.IsUnsteady)
            output.WriteLine("    PINNED AS IT IS NOW: its C# yields other SQL each time (the present moment, a new Guid); every database gets the values in the SQL file");
        if (emission.Up is null)
            output.WriteLine($"    NO SQL: {emission.Reason}");
        else if (emission.Down is null)
            output.WriteLine($"    IRREVERSIBLE: {emission.Reason}");
    }
}
