namespace MigrationsBuild.Protocol;

/// <summary>The SQL that a migration's C# yields.</summary>
/// <param name="Up">Body of the up file; <see langword="null"/> if none could be emitted.</param>
/// <param name="Down">Body of the down file; <see langword="null"/> if there is none.</param>
/// <param name="Reason">Why there is no down file, or, without up, why no SQL could be emitted.</param>
/// <param name="Operations">What it does, one sentence an operation.</param>
/// <param name="DataLosses">What of it loses data: table or column, in the database's words.</param>
/// <param name="Renames">What EF Core took for a rename, which may have been a drop and an add.</param>
public sealed record Emission(
    string? Up,
    string? Down,
    string? Reason,
    IReadOnlyList<string> Operations,
    IReadOnlyList<string> DataLosses,
    IReadOnlyList<string> Renames);
