namespace MigrationsBuild.Contexts;

/// <summary>A migration in the migrations assembly.</summary>
/// <param name="Id">The id.</param>
/// <param name="Source">The path of the C# file; if it can't be found, the path that it would have.</param>
/// <param name="SourceHash">The hash of the C# file and its Designer file.</param>
/// <param name="Emission">The SQL, if the request asked for it or a verdict needs it.</param>
public sealed record MigrationReport(string Id, string Source, string SourceHash, Emission? Emission)
{
    /// <summary>The SQL that records it, if the application has a custom history repository.</summary>
    public HistoryScripts? Recording { get; init; }

    /// <summary>The tables that it uses, if it is a draft.</summary>
    public SchemaFacts? Schema { get; init; }

    /// <summary>The path of EF Core's Designer file, which may not exist.</summary>
    public string Designer => Path.ChangeExtension(Source, null) + ".Designer" + Path.GetExtension(Source);

    /// <summary>The path of the up file.</summary>
    public string Up => Path.Combine(Path.GetDirectoryName(Source)!, Id + ".sql");

    /// <summary>The path of the down file.</summary>
    public string Down => Path.Combine(Path.GetDirectoryName(Source)!, Id + ".down.sql");

    /// <summary>The paths of its files, some of which may not exist.</summary>
    public IReadOnlyList<string> Files => [Source, Designer, Up, Down];

    /// <summary>The C# file that EF Core writes beside the SQL of a migration; <see langword="null"/> if a file isn't SQL.</summary>
    /// <param name="path">The path of an up file or a down file.</param>
    public static string? SourceOf(string path) =>
        !HasExtension(path, ".sql") ? null
        : Path.ChangeExtension(path, null) is var name && HasExtension(name, ".down") ? Path.ChangeExtension(name, ".cs")
        : name + ".cs";

    private static bool HasExtension(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
