using Microsoft.Build.Utilities;
using MigrationsBuild.Files;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>Files below obj that another version has written, or that are damaged.</summary>
[TestClass]
public sealed class DamagedFileTests : IDisposable
{
    private readonly TaskHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    public void A_verification_that_cant_be_read_never_happened()
    {
        Damage("verified");
        _harness.Metadata["DbVerify"] = "required";

        _harness.Adopt();

        Assert.IsTrue(_harness.Execute(new CheckMigrations()));
        Assert.Contains("MIG1028", _harness.Engine.Warnings.Select(warning => warning.Code));
    }

    [TestMethod]
    public void A_snapshot_that_cant_be_read_isnt_restored()
    {
        Damage("snapshot");

        Assert.IsFalse(_harness.Answers(_harness.Context()).Execute(new DbDiscard()));

        Assert.StartsWith("MIG", _harness.Engine.Errors.Single().Code!);
    }

    [TestMethod]
    public void An_answer_that_cant_be_read_asks()
    {
        _harness.Adopt();
        _harness.Folder.Write("obj/answer", _harness.Folder.Read("obj/answer").Split('\n')[0] + "\ncontext\n");
        File.Delete(_harness.Folder["obj/findings"]);

        Assert.IsTrue(_harness.Execute(new CheckMigrations()));

        Assert.AreEqual(1, _harness.Starts);
    }

    [TestMethod]
    [DataRow("", DisplayName = "It is empty")]
    [DataRow("selection\tstate=-\tcount=1", DisplayName = "Its end is missing")]
    [DataRow("selection\tstate=-\tcount=1\ndesigner-file", DisplayName = "It has no path")]
    [DataRow(
        "selection\tstate=-\tcount=1\ndesigner-file\tpath=/a.Designer.cs\tstamp=-\tgenerated=/obj/a.Designer.cs",
        DisplayName = "It has no id")]
    [DataRow("designer\tpath=/a.Designer.cs\tstamp=-\tgenerated=", DisplayName = "It is of an older version")]
    public void A_list_of_Designer_files_that_cant_be_read_is_written_again_by_the_next_build(string content)
    {
        _harness.Folder.Write("obj/designers", content + "\n").Write("20260101000000_A.Designer.cs", "class A;");
        _harness.Metadata["DbCompileDesigners"] = "newest";
        _harness.Metadata["Language"] = "C#";

        Assert.IsFalse(_harness.Answers(_harness.Context()).Execute(new CheckMigrations()), "The models that aren't compiled are unknown.");
        Assert.AreEqual("MIG1025", _harness.Engine.Errors.Single().Code);
        Assert.AreEqual(0, _harness.Starts);

        var task = new SelectDesigners
        {
            BuildEngine = new RecordingEngine(),
            Sources = [new TaskItem(_harness.Folder["20260101000000_A.Designer.cs"])],
            StateFolder = _harness.Folder["obj"],
            AssemblyName = "App",
        };
        Assert.IsTrue(task.Execute());
        Assert.IsTrue(_harness.Answers(_harness.Context()).Execute(new CheckMigrations()));
    }

    private void Damage(string name) =>
        _harness.Folder.Write($"obj/{name}.{ContentHash.OfText("App.ShopContext")[..16]}", "record\n");
}
