using System.Reflection.PortableExecutable;
using MigrationsBuild.Testing;
using MigrationsBuild.Worker.Tests.Answers;

namespace MigrationsBuild.Worker.Tests;

/// <summary>Tests use assemblies with machine code. Without it they only take longer, which no other test notices.</summary>
[TestClass]
public class ImageTests
{
    [TestMethod]
    [DataRow("Microsoft.EntityFrameworkCore.dll")]
    [DataRow("Microsoft.EntityFrameworkCore.Design.dll")]
    [DataRow("Microsoft.EntityFrameworkCore.Sqlite.dll")]
    [DataRow("Npgsql.EntityFrameworkCore.PostgreSQL.dll")]
    public void Fixtures_load_packages_with_machine_code(string file) =>
        Assert.IsTrue(HasMachineCode(Path.Combine(Path.GetDirectoryName(Fixture.Models.AssemblyPath)!, file)));

    [TestMethod]
    [DataRow("MigrationsBuild.Tasks")]
    [DataRow("MigrationsBuild.Worker")]
    [DataRow("MigrationsBuild.Runner")]
    [DataRow("MigrationsBuild.Tool")]
    public void Our_parts_have_machine_code(string part) => Assert.IsTrue(HasMachineCode(Repository.Part(part)));

    private static bool HasMachineCode(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        return file.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }
}
