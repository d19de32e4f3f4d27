using MigrationsBuild.Testing;

[assembly: Parallelize(Workers = 0, Scope = ExecutionScope.MethodLevel)]

namespace MigrationsBuild.Package.Tests;

[TestClass]
public static class AssemblySetup
{
    [AssemblyCleanup]
    public static void Cleanup()
    {
        PostgreSqlServer.StopShared();
        RunFolder.End();
    }
}
