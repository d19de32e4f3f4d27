namespace MigrationsBuild.Protocol;

/// <summary>A migration that the migrations assembly holds.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Source">Path of its C# file; of where it would be if it can't be found.</param>
/// <param name="SourceHash">Hash of its C# files: the file and its Designer.</param>
/// <param name="Emission">Its SQL, if it was asked for or is needed.</param>
public sealed record MigrationReport(string Id, string Source, string SourceHash, Emission? Emission)
{
    /// <summary>How the history records it, if the application has a history repository of its own.</summary>
    public HistoryScripts? Recording { get; init; }

    /// <summary>Path of EF Core's Designer file, which may not exist.</summary>
    public string Designer => Path.ChangeExtension(Source, null) + ".Designer" + Path.GetExtension(Source);

    /// <summary>Path of the up file.</summary>
    public string Up => Path.Combine(Path.GetDirectoryName(Source)!, Id + ".sql");

    /// <summary>Path of the down file.</summary>
    public string Down => Path.Combine(Path.GetDirectoryName(Source)!, Id + ".down.sql");
}
