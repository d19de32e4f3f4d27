using Microsoft.Build.Utilities;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests.Fingerprints;

/// <summary>Whether a build after an edit starts the worker.</summary>
[TestClass]
public sealed class StoredModelTests : IDisposable
{
    private readonly TaskHarness _harness = new();
    private readonly CompiledShop _shop = CompiledShop.Create();

    private string Assembly => _harness.Folder["bin/Shop.dll"];

    private ContextReport Context => _harness.Context(
        new Diagnostic(DiagnosticCodes.Drift, "Order.Note has no migration", new Location(_harness.Folder["Order.cs"], 3, 4)));

    [TestInitialize]
    public void Build()
    {
        _harness.HasConnection = true;
        _harness.Folder.Write("Order.cs", "class Order;").Write("Migrations/20260101000000_A.cs", "class A;");
        _harness.Metadata["AssemblyPath"] = Assembly;
        _harness.Inputs.Clear();
        _harness.Inputs.Add(new TaskItem(Assembly, new Dictionary<string, string> { ["IsCode"] = "true" }));
        foreach (var file in new[] { "Order.cs", "Migrations/20260101000000_A.cs" })
            File.SetLastWriteTimeUtc(_harness.Folder[file], DateTime.UtcNow.AddMinutes(-1));
        _shop.Emit(Assembly);
        _harness.Answers(Context).Execute(new CheckMigrations());
        _harness.ForgetStarts();
    }

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    public void An_edit_outside_the_model_starts_nothing_and_its_findings_are_shown()
    {
        EditService();

        _harness.Execute(new CheckMigrations());

        Assert.AreEqual(0, _harness.Starts);
        Assert.Contains("MIG1001", _harness.Engine.Warnings.Select(warning => warning.Code));
        Assert.Contains("The worker isn't asked: the model fingerprint is unchanged.", Messages);
    }

    [TestMethod]
    public void Later_edits_outside_it_start_nothing_either()
    {
        for (var i = 0; i < 3; i++)
        {
            _shop.Edit("Services.cs", "order * 3", $"order * {i}").Emit(Assembly);
            _harness.Execute(new CheckMigrations());
        }

        Assert.AreEqual(0, _harness.Starts);
    }

    [TestMethod]
    public void An_edit_of_the_model_asks()
    {
        _shop.Edit("Order.cs", "public int Tenant", "public long Tenant").Emit(Assembly);

        Assert.IsTrue(Asks());
        Assert.Contains("The worker is asked: the model fingerprint has changed.", Messages);
    }

    [TestMethod]
    [DataRow("Order.cs")]
    [DataRow("Migrations/20260101000000_A.cs")]
    public void An_edit_of_a_file_in_which_the_answer_locates_something_asks(string file)
    {
        EditService();
        _harness.Folder.Write(file, "// A line above.\nclass Order;");

        Assert.IsTrue(Asks());
        Assert.Contains($"The worker is asked: {_harness.Folder[file]} has changed.", Messages);
    }

    [TestMethod]
    public void A_file_that_was_written_while_the_worker_answered_is_not_trusted()
    {
        _shop.Edit("Order.cs", "public int Tenant", "public long Tenant").Emit(Assembly);
        File.SetLastWriteTimeUtc(_harness.Folder["Order.cs"], DateTime.UtcNow.AddMinutes(10));
        Assert.IsTrue(Asks());
        _shop.Edit("Order.cs", "public int Tenant", "public long Tenant").Edit("Services.cs", "order * 3", "order * 4").Emit(Assembly);

        Assert.IsTrue(Asks());
    }

    [TestMethod]
    public void Settings_that_were_saved_while_the_worker_answered_are_not_trusted()
    {
        _harness.Folder.Write("appsettings.json", "{}");
        _harness.Inputs.Add(new TaskItem(_harness.Folder["appsettings.json"]));
        Assert.IsTrue(_harness.ExecuteDuring(
            new CheckMigrations(), () => _harness.Folder.Write("appsettings.json", "{ \"Schema\": \"new\" }")));

        Assert.IsTrue(Asks());
    }

    [TestMethod]
    public void A_fingerprint_that_cant_be_read_asks()
    {
        EditService();
        _harness.Folder.Write("obj/model", "model\n");

        Assert.IsTrue(Asks());
        Assert.IsFalse(Asks());
    }

    [TestMethod]
    public void A_setting_that_changes_with_the_edit_asks()
    {
        EditService();
        _harness.Metadata["DbMigrationsFolder"] = "Data";

        Assert.IsTrue(Asks());
        Assert.Contains("The worker is asked: something besides the code has changed.", Messages);
    }

    [TestMethod]
    public void A_strict_build_asks()
    {
        EditService();
        (_harness.Metadata["DbStrict"], _harness.Metadata["StrictBecause"]) = ("true", "CI=true");

        Assert.IsTrue(Asks());
    }

    [TestMethod]
    [DataRow(typeof(DbCheck))]
    [DataRow(typeof(DbCurrent))]
    [DataRow(typeof(DbMigrate))]
    public void A_verb_asks_also_after_a_build_that_didnt(Type verb)
    {
        EditService();
        Assert.IsFalse(Asks());

        _harness.Execute((MigrationsTask)Activator.CreateInstance(verb)!);

        Assert.HasCount(1, _harness.WorkerRequests);
    }

    [TestMethod]
    public void Without_the_answer_the_fingerprint_is_not_enough()
    {
        EditService();
        foreach (var answer in Directory.GetFiles(_harness.Folder["obj"], "answer", SearchOption.AllDirectories))
            File.Delete(answer);

        Assert.IsTrue(Asks());
    }

    [TestMethod]
    public void An_approvals_file_that_was_edited_together_with_code_outside_the_model_is_read()
    {
        EditService();
        _harness.Folder.Write("Migrations/ShopContext.approvals", "");

        Assert.IsFalse(Asks());
        Assert.AreEqual("Migrations/ShopContext.approvals", _harness.Engine.Errors.Single().File);
    }

    [TestMethod]
    public void A_SQL_file_that_was_edited_together_with_code_outside_the_model_is_read()
    {
        _harness.Execute(new DbApprove());
        Assert.IsFalse(Asks());
        Assert.IsEmpty(_harness.Engine.Errors);
        EditService();
        _harness.Folder.Replace("Migrations/20260101000000_A.sql", "CREATE TABLE", "CREATE  TABLE");

        Assert.IsFalse(Asks());
        Assert.Contains(
            ("MIG1003", "Migrations/20260101000000_A.sql"),
            _harness.Engine.Warnings.Select(finding => (finding.Code, finding.File)));
    }

    [TestMethod]
    public void An_assembly_that_cant_be_read_asks()
    {
        File.WriteAllText(Assembly, "no assembly");

        Assert.IsTrue(Asks());
    }

    private void EditService() => _shop.Edit("Services.cs", "order * 3", "order * 4").Emit(Assembly);

    private IReadOnlyList<string?> Messages => [.. _harness.Engine.Messages.Select(message => message.Message)];

    private bool Asks()
    {
        _harness.ForgetStarts();
        _harness.Execute(new CheckMigrations());
        return _harness.WorkerRequests.Count > 0;
    }
}
