using MigrationsBuild.Contexts;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>The namespace of migrations below the root namespace of their project.</summary>
internal static class SubNamespaces
{
    /// <summary>The folder in the settings as a namespace; <see langword="null"/> if there is none.</summary>
    public static string? SubNamespace(this MigrationsProject project) => project.MigrationsFolder.Length == 0
        ? null
        : project.MigrationsFolder.Trim('/', '\\').Replace('/', '.').Replace('\\', '.');
}
