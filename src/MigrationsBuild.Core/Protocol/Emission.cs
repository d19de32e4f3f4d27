using MigrationsBuild.Sql;

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
    IReadOnlyList<string> Renames)
{
    /// <summary>What EF Core warned of while it wrote the SQL.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Body of the up file when the C# runs once more, if that was tried and it is another one.</summary>
    public string? UpAgain { get; init; }

    /// <summary>Body of the down file when the C# runs once more, if that was tried and it is another one.</summary>
    public string? DownAgain { get; init; }

    /// <summary>Whether the C# yields other SQL each time it runs.</summary>
    public bool IsNonDeterministic => UpAgain is not null || DownAgain is not null;

    /// <summary>Whether SQL files differ from this only where the C# yields another text each time.</summary>
    /// <param name="up">The up file.</param>
    /// <param name="down">The down file, if there is one.</param>
    public bool Explains(SqlFile up, SqlFile? down)
    {
        bool Of(SqlFile file, string body, string? again) =>
            NonDeterministicSql.Explains(SqlLayout.Normalize(file.Body, file.Dialect), body, again ?? body, file.Dialect);
        return Up is not null && Of(up, Up, UpAgain)
            && (down is null ? Down is null : Down is not null && Of(down, Down, DownAgain));
    }
}
