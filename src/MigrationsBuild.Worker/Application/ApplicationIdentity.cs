using System.Reflection;

namespace MigrationsBuild.Worker.Application;

/// <summary>
/// The facts that code reads about its own process: the base directory, in which it looks for files that were copied to the output, and
/// the entry assembly, from which hosts, user secrets and others take a name, a version or a target framework.
/// </summary>
internal static class ApplicationIdentity
{
    /// <summary>Gives this process the values that the application's own process would have.</summary>
    public static void Assume(Assembly application)
    {
        AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", Path.GetDirectoryName(application.Location) + Path.DirectorySeparatorChar);
        // A library is no entry assembly. The method exists since .NET 9.
        if (application.EntryPoint is not null)
            typeof(Assembly).GetMethod("SetEntryAssembly", [typeof(Assembly)])?.Invoke(null, [application]);
    }
}
