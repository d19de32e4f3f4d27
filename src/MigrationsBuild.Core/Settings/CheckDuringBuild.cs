
namespace MigrationsBuild.Settings;

/// <summary>The builds in which the migrations are checked.</summary>
internal enum CheckDuringBuild
{
    /// <summary>All builds.</summary>
    Always,

    /// <summary>Only strict builds.</summary>
    IfStrict,

    /// <summary>No build.</summary>
    Never,
}
