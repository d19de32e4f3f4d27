using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.Tests.Fingerprints;
using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>A migration whose file isn't the one that was compiled, as with NoBuild.</summary>
[TestClass]
public sealed class StaleSourceTests : IDisposable
{
    private const string Source = "Migrations/20260101000000_A.cs";
    private const string Designer = "Migrations/20260101000000_A.Designer.cs";
    private const string Code = "partial class A { public void Up() { } }\n";

    private readonly TaskHarness _harness = new();

    public StaleSourceTests()
    {
        _harness.Metadata["AssemblyPath"] = _harness.Folder["bin/Shop.dll"];
        CompiledShop.Create()
            .With(Source, Code)
            .With(Designer, "partial class A { public void Model() { } }\n")
            .Emit(_harness.Folder["bin/Shop.dll"], _harness.Folder);
        Answers('a');
        Assert.IsTrue(_harness.Execute(new CheckMigrations()));
    }

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    [DataRow(Source)]
    [DataRow(Designer)]
    public void A_draft_that_was_edited_after_the_compilation_isnt_approved(string file)
    {
        Assert.IsTrue(_harness.Execute(new DbApprove()), "It approves the first time.");
        var before = _harness.Folder.Read("Migrations/ShopContext.approvals");
        _harness.Folder.Write(file, Code + "// edited\n");
        Answers('b');

        foreach (var properties in new (string, string)[][] { [], [("DbRev", "head")] })
        {
            Assert.IsFalse(_harness.Execute(new DbApprove(), properties));

            var error = _harness.Engine.Errors.Single();
            Assert.AreEqual(("MIG1021", file), (error.Code, error.File));
        }

        Assert.AreEqual(before, _harness.Folder.Read("Migrations/ShopContext.approvals"));
    }

    [TestMethod]
    public void Neither_is_its_SQL_written_into_it()
    {
        Assert.IsTrue(_harness.Execute(new DbApprove()));
        _harness.Folder.Replace("Migrations/20260101000000_A.sql", "CREATE TABLE", "CREATE  TABLE");
        _harness.Folder.Write(Source, Code + "// edited\n");

        Assert.IsFalse(_harness.Execute(new DbEject(), ("DbRev", "head")));

        Assert.AreEqual("MIG1021", _harness.Engine.Errors.Single().Code);
    }

    [TestMethod]
    public void Without_a_PDB_the_times_decide()
    {
        File.Delete(_harness.Folder["bin/Shop.pdb"]);
        File.SetLastWriteTimeUtc(_harness.Folder[Source], DateTime.UtcNow.AddMinutes(-1));
        Assert.IsTrue(_harness.Execute(new DbApprove()));
        File.SetLastWriteTimeUtc(_harness.Folder[Source], DateTime.UtcNow.AddMinutes(1));
        Answers('b');

        Assert.IsFalse(_harness.Execute(new DbApprove()));

        Assert.AreEqual("MIG1021", _harness.Engine.Errors.Single().Code);
    }

    [TestMethod]
    public void A_build_on_a_server_has_other_paths()
    {
        var assembly = _harness.Folder["bin/Shop.dll"];
        CompiledShop.Create().With(Source, Code).Emit(assembly, path => "/_/" + path);
        _harness.Metadata["SourceRoots"] = "/_/|" + _harness.Folder.Path + "/";

        Assert.IsTrue(_harness.Execute(new DbApprove()), _harness.Engine.Errors.FirstOrDefault()?.Message);
        _harness.Folder.Write(Source, Code + "// edited\n");
        Answers('b');
        Assert.IsFalse(_harness.Execute(new DbApprove()));
    }

    /// <summary>The C# of the migration has this hash, and generates the same SQL as before.</summary>
    private void Answers(char hash)
    {
        var context = _harness.Context();
        var migration = context.Migrations.Single() with { SourceHash = new string(hash, 64) };
        _harness.Answers(context with { MigrationsAssembly = "Shop", Migrations = [migration] });
    }
}
