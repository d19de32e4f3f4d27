using MigrationsBuild.Sql;

namespace MigrationsBuild.Contexts;

/// <summary>The SQL that the C# of a migration generates.</summary>
/// <param name="Up">The body of the up file; <see langword="null"/> if no SQL could be generated.</param>
/// <param name="Down">The body of the down file; <see langword="null"/> if there is none.</param>
/// <param name="Reason">The reason why there is no down file or, without an up file, why no SQL could be generated.</param>
/// <param name="Operations">The operations, one sentence each.</param>
/// <param name="DataLosses">The tables and columns that lose data, in the database's words.</param>
/// <param name="Renames">The changes that EF Core took for renames, which may have been a drop and an add.</param>
public sealed record Emission(
    string? Up,
    string? Down,
    string? Reason,
    IReadOnlyList<string> Operations,
    IReadOnlyList<string> DataLosses,
    IReadOnlyList<string> Renames)
{
    /// <summary>The warnings that EF Core logged while it generated the SQL.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The body of the up file from a second run of the C#, if there was one and it differs.</summary>
    public string? UpAgain { get; init; }

    /// <summary>The body of the down file from a second run of the C#, if there was one and it differs.</summary>
    public string? DownAgain { get; init; }

    /// <summary>Whether the C# generates different SQL each time it runs.</summary>
    public bool IsNonDeterministic => UpAgain is not null || DownAgain is not null;

    /// <summary>Whether SQL files differ from this SQL only in the values that are non-deterministic.</summary>
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
