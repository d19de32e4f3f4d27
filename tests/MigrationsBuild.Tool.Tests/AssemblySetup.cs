using MigrationsBuild.Testing;

[assembly: Parallelize(Workers = 2, Scope = ExecutionScope.MethodLevel)]

namespace MigrationsBuild.Tool.Tests;

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
