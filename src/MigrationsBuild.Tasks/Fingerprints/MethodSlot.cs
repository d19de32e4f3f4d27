namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>The methods that a virtual call may reach: those with the same name and number of parameters.</summary>
/// <param name="Name">The name.</param>
/// <param name="Parameters">The number of parameters.</param>
internal sealed record MethodSlot(string Name, int Parameters);
