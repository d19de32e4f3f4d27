namespace MigrationsBuild.Settings;

/// <summary>In which builds the migrations are checked.</summary>
public enum CheckDuringBuild
{
    /// <summary>In all.</summary>
    Always,

    /// <summary>In strict ones only.</summary>
    IfStrict,

    /// <summary>In none.</summary>
    Never,
}
