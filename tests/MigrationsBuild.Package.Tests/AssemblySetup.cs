using MigrationsBuild.Testing;

// Restores of one package folder, one after the other.
[assembly: DoNotParallelize]

namespace MigrationsBuild.Package.Tests;

[TestClass]
public static class AssemblySetup
{
    [AssemblyCleanup]
    public static void Cleanup()
    {
        Deploy.ShopRepository.Cleanup();
        PackageFeed.Cleanup();
        PostgreSqlServer.StopShared();
        RunFolder.End();
    }
}
