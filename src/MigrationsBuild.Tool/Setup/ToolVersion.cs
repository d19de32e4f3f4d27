using System.Reflection;

namespace MigrationsBuild.Tool.Setup;

/// <summary>The version of the tool, which is also that of the package.</summary>
internal static class ToolVersion
{
    /// <summary>The version, without the commit.</summary>
    public static string Current { get; } = typeof(ToolVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
