using System.Reflection;

namespace MigrationsBuild.Worker.Application;

/// <summary>
/// What code can ask about the process that it runs in: the base directory, where it looks for files that were copied to the output, and the
/// entry assembly, from which hosts, user secrets and others take a name, a version or a target framework.
/// </summary>
internal static class ApplicationIdentity
{
    /// <summary>Answers as the application's own process would.</summary>
    /// <param name="application">The application.</param>
    public static void Assume(Assembly application)
    {
        AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", Path.GetDirectoryName(application.Location) + Path.DirectorySeparatorChar);
        // A library is nobody's entry. The method came with .NET 9.
        if (application.EntryPoint is not null)
            typeof(Assembly).GetMethod("SetEntryAssembly", [typeof(Assembly)])?.Invoke(null, [application]);
    }
}
