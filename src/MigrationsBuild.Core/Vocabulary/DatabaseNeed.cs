namespace MigrationsBuild.Vocabulary;

/// <summary>When a verb needs a database.</summary>
public enum DatabaseNeed
{
    /// <summary>Never.</summary>
    Never,

    /// <summary>If the revision of the call is relative to the migrations that the database has.</summary>
    ForRevision,

    /// <summary>If its connection is known.</summary>
    IfKnown,

    /// <summary>Always.</summary>
    Always,
}
