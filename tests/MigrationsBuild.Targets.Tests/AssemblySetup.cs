using MigrationsBuild.Testing;

[assembly: Parallelize(Workers = 2, Scope = ExecutionScope.MethodLevel)]

namespace MigrationsBuild.Targets.Tests;

[TestClass]
public static class AssemblySetup
{
    [AssemblyCleanup]
    public static void Cleanup()
    {
        TestProject.Cleanup();
        PostgreSqlServer.StopShared();
        RunFolder.End();
    }
}
