using MigrationsBuild.Contexts;

namespace MigrationsBuild.Tasks.Logging;

/// <summary>Shows the operations of a migration, and the warnings about it.</summary>
internal sealed class MigrationSummary(VerbOutput output)
{
    public void Write(Emission emission)
    {
        foreach (var operation in emission.Operations)
            output.WriteLine($"    {operation}");
        foreach (var loss in emission.DataLosses)
            output.WriteLine($"    LOSES DATA: {loss}");
        foreach (var rename in emission.Renames)
        {
            output.WriteLine(
                $"    RENAMES, and keeps the data: {rename}. "
                + "Was it meant as a drop and an add? Then change the migration's C#");
        }

        foreach (var warning in emission.Warnings)
            output.WriteLine($"    EF CORE WARNS: {warning}");
        if (emission.IsNonDeterministic)
        {
            output.WriteLine(
                "    PINNED AS IT IS NOW: its C# generates non-deterministic SQL (the current time, a new Guid). "
                + "Every database gets the values in the SQL file");
        }

        if (emission.Up is null)
            output.WriteLine($"    NO SQL: {emission.Reason}");
        else if (emission.Down is null)
            output.WriteLine($"    IRREVERSIBLE: {emission.Reason}");
    }
}
