using MigrationsBuild.Review;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>Verbs and publishes that execute, record or deploy approved SQL fail if the approvals are uncertain.</summary>
[TestClass]
public sealed class RefusalTests : IDisposable
{
    private const string Approvals = "Migrations/ShopContext.approvals";
    private readonly TaskHarness _harness = new();

    public static IEnumerable<Type> Verbs { get; } =
        [typeof(DbMigrate), typeof(DbRollback), typeof(DbStamp), typeof(DbReset), typeof(DbScript)];

    [TestInitialize]
    public void Approve()
    {
        _harness.HasConnection = true;
        _harness.Adopt();
    }

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    [DynamicData(nameof(Verbs))]
    public void A_verb_refuses_while_the_header_differs(Type verb)
    {
        _harness.Folder.Replace(Approvals, "# history: ", "# history: other.");

        Assert.IsFalse(Execute(verb));

        Assert.AreEqual(("MIG1018", Approvals), (_harness.Engine.Errors.Single().Code, _harness.Engine.Errors.Single().File));
        Assert.AreEqual(0, _harness.RunnerStarts, "No runner is started, so no database is asked.");
    }

    [TestMethod]
    [DynamicData(nameof(Verbs))]
    public void A_verb_refuses_while_an_approvals_file_has_no_context(Type verb)
    {
        _harness.Folder.Write(
            "Log/LogContext.approvals", ApprovalsFile.For(_harness.Context() with { Name = "App.LogContext" }, []).ToText());

        Assert.IsFalse(Execute(verb));

        Assert.AreEqual("MIG1016", _harness.Engine.Errors.Single().Code);
        Assert.AreEqual(0, _harness.RunnerStarts);
    }

    [TestMethod]
    [DynamicData(nameof(Verbs))]
    public void A_verb_refuses_while_the_approvals_file_is_missing(Type verb)
    {
        File.Delete(_harness.Folder[Approvals]);

        Assert.IsFalse(Execute(verb));

        Assert.AreEqual("MIG1017", _harness.Engine.Errors.Single().Code);
        Assert.AreEqual(0, _harness.RunnerStarts);
    }

    [TestMethod]
    public void A_verb_that_only_looks_doesnt()
    {
        _harness.Folder.Replace(Approvals, "# history: ", "# history: other.");
        _harness.RunnerScript("exit 0");

        Assert.IsTrue(_harness.Execute(new DbCurrent()));

        Assert.AreEqual(1, _harness.RunnerStarts);
    }

    [TestMethod]
    public void No_context_is_migrated_if_another_one_of_the_call_is_refused()
    {
        var log = _harness.Context() with { Name = "App.LogContext", Folder = _harness.Folder["Log"] };
        var other = ApprovalsFile.For(log with { Provider = "Other" }, []).ToText();
        _harness.Folder.Write("Log/LogContext.approvals", other).Write("bin/App.dll", "two contexts");
        _harness.Answers(_harness.Context(), log).Execute(new CheckMigrations());
        _harness.ForgetStarts();

        Assert.IsFalse(_harness.Execute(new DbMigrate { IsPublish = true }));

        Assert.AreEqual("MIG1018", _harness.Engine.Errors.Single().Code);
        Assert.AreEqual(0, _harness.RunnerStarts);
    }

    [TestMethod]
    [DataRow("", "MIG1018")]
    [DataRow("runner", "MIG1018")]
    [DataRow("none", null)]
    public void A_publish_refuses_whatever_the_settings_say_of_a_build(string forms, string? error)
    {
        _harness.Folder.Replace(Approvals, "# history: ", "# history: other.");
        _harness.Metadata["DbPublish"] = forms;

        Assert.AreEqual(error is null, _harness.Execute(new PublishMigrations()));

        Assert.AreEqual(error, _harness.Engine.Errors.SingleOrDefault()?.Code);
        Assert.AreEqual(error is null ? "MIG1018" : null, _harness.Engine.Warnings.SingleOrDefault()?.Code, "It is said once.");
    }

    [TestMethod]
    [DataRow("", "MIG1017", "so a publish with DbPublish=files would leave its migrations out")]
    [DataRow("script", "MIG1017", "so a publish with DbPublish=script would leave its migrations out")]
    [DataRow("none", null, null)]
    public void A_publish_of_a_project_that_isnt_adopted_reports_that_it_deploys_nothing(string setting, string? error, string? text)
    {
        foreach (var file in Directory.GetFiles(_harness.Folder["Migrations"]))
            File.Delete(file);
        _harness.Metadata["DbPublish"] = setting;

        Assert.AreEqual(error is null, _harness.Execute(new PublishMigrations()));

        Assert.AreEqual(error, _harness.Engine.Errors.SingleOrDefault()?.Code);
        Assert.Contains(text ?? "", _harness.Engine.Errors.SingleOrDefault()?.Message ?? "");
    }

    [TestMethod]
    [DataRow("", null)]
    [DataRow("none", null)]
    [DataRow("runner", "MIG1017")]
    public void A_build_of_such_a_project_reports_it_if_the_project_sets_DbPublish(string setting, string? warning)
    {
        foreach (var file in Directory.GetFiles(_harness.Folder["Migrations"]))
            File.Delete(file);
        _harness.Metadata["DbPublish"] = setting;

        _harness.Execute(new CheckMigrations());

        Assert.AreEqual(warning, _harness.Engine.Warnings.SingleOrDefault()?.Code);
        Assert.AreEqual(
            warning is null, _harness.Engine.Messages.Exists(message => message.Message!.StartsWith("MIG1006", StringComparison.Ordinal)));
    }

    private bool Execute(Type verb) => _harness.Execute((MigrationsTask)Activator.CreateInstance(verb)!);
}
