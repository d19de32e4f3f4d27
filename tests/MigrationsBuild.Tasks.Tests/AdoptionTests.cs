using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>A project that has the package and no approvals file: it must be visible that its SQL is not protected.</summary>
[TestClass]
public sealed class AdoptionTests : IDisposable
{
    private readonly TaskHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    public void A_local_build_reports_it_once_in_a_visible_line_with_the_command()
    {
        Assert.IsTrue(_harness.Answers(_harness.Context()).Execute(new CheckMigrations()));
        _harness.ExecuteInSameBuild(new CheckMigrations());

        Assert.IsEmpty(_harness.Engine.Warnings);
        var line = _harness.Engine.Lines.Single();
        Assert.StartsWith("MIG1006: ShopContext has 1 migrations and no approvals file", line);
        Assert.EndsWith("run: dotnet build -t:DbApprove", line);

        _harness.Execute(new CheckMigrations());
        Assert.HasCount(1, _harness.Engine.Lines, "The next build says it again, from what is kept.");
    }

    [TestMethod]
    [DataRow("", "", "MIG1006")]
    [DataRow("warning", "", "MIG1006")]
    [DataRow("off", "", null)]
    [DataRow("", "true", null, DisplayName = "A publish says it itself")]
    public void A_strict_build_reports_it_as_a_warning_that_a_setting_silences(string setting, string publishing, string? code)
    {
        (_harness.Metadata["DbStrict"], _harness.Metadata["DbUnapproved"]) = ("true", setting);
        _harness.Metadata["IsPublishing"] = publishing;

        Assert.IsTrue(_harness.Answers(_harness.Context()).Execute(new CheckMigrations()));

        Assert.AreEqual(code, _harness.Engine.Warnings.SingleOrDefault()?.Code);
        Assert.IsEmpty(_harness.Engine.Lines);
    }

    [TestMethod]
    [DataRow("DbUnapproved", "off")]
    [DataRow("NoWarn", "MIG1006")]
    public void NoWarn_also_silences_it_locally(string setting, string value)
    {
        _harness.Metadata[setting] = value;

        _harness.Answers(_harness.Context()).Execute(new CheckMigrations());

        Assert.IsEmpty(_harness.Engine.Lines);
    }

    [TestMethod]
    public void DbCheck_shows_what_it_counts()
    {
        var drift = new Diagnostic(DiagnosticCodes.Drift, "drift");

        _harness.Answers(_harness.Context()).Execute(new DbCheck());
        Assert.StartsWith("MIG1006: ", _harness.Engine.Lines.First());
        Assert.AreEqual(
            "ShopContext: no model change without a migration. The SQL of 1 migration is not approved: there is no approvals file yet. "
            + "Run: dotnet build -t:DbApprove",
            _harness.Engine.Lines.Last());

        _harness.Answers(_harness.Context(drift)).Execute(new DbCheck());
        Assert.AreEqual("ShopContext: 1 finding in 1 migration and the model.", _harness.Engine.Lines.Last());

        _harness.Metadata["DbDrift"] = "off";
        _harness.Execute(new DbCheck());
        Assert.AreEqual(
            "ShopContext: nothing to show in 1 migration and the model. 1 finding switched off by DbDrift, DbUnapproved, NoWarn or "
            + ".editorconfig.",
            _harness.Engine.Lines.Last());

        _harness.Answers(_harness.Context() with { Migrations = [] }).Execute(new DbCheck());
        Assert.AreEqual("ShopContext: no migrations yet.", _harness.Engine.Lines.Last());
    }

    [TestMethod]
    public void A_verbose_DbCheck_shows_the_assembly_and_the_contexts()
    {
        _harness.Answers(_harness.Context() with { Entities = ["Order in table Orders"] });

        Assert.IsTrue(_harness.Execute(new DbCheck(), ("DbVerbose", "true")));

        Assert.IsTrue(_harness.WorkerRequests.Single()[0].Has("list-entities"));
        var lines = _harness.Engine.Lines.ToArray();
        Assert.Contains(line => line.StartsWith($"Checked {_harness.Folder["bin/App.dll"]}, built ", StringComparison.Ordinal), lines);
        Assert.Contains($"App.ShopContext: EF Core 10.0.14, 1 migration of App in {_harness.Folder["Migrations"]}", lines);
        Assert.Contains("  Order in table Orders", lines);
    }

    [TestMethod]
    public void A_context_without_migrations_is_named_unless_another_one_has_some()
    {
        var none = _harness.Context() with { Migrations = [] };

        _harness.Answers(none).Execute(new CheckMigrations());
        Assert.AreEqual(
            "MIG1024: ShopContext has no migrations, so its model is not checked. "
            + "Draft the first one: dotnet build -t:DbRevision -p:Msg=\"initial\"",
            _harness.Engine.Lines.Single());
        _harness.Metadata["NoWarn"] = "MIG1024";
        _harness.Execute(new CheckMigrations());
        Assert.IsEmpty(_harness.Engine.Lines);
        _harness.Metadata.Remove("NoWarn");

        _harness.Folder.Write("bin/App.dll", "another");
        _harness.Answers(_harness.Context(), none with { Name = "App.ViewContext" }).Execute(new CheckMigrations());
        Assert.StartsWith("MIG1006: ShopContext", _harness.Engine.Lines.Single());

        _harness.Folder.Write("bin/App.dll", "a third");
        _harness.Metadata["DbStrict"] = "true";
        _harness.Answers(none, none with { Name = "Other.ShopContext" }).Execute(new CheckMigrations());
        Assert.IsEmpty(_harness.Engine.Warnings, "It may be a context that only reads.");
        Assert.AreEqual("MIG1024 MIG1024", string.Join(" ", _harness.Engine.Lines.Select(line => line.Split(':')[0])));
        Assert.EndsWith(" -p:DbContextName=Other.ShopContext", _harness.Engine.Lines.Last());
    }

    [TestMethod]
    public void DbMigrate_without_migrations_touches_no_database()
    {
        Assert.IsTrue(_harness.Answers(_harness.Context() with { Migrations = [] }).Execute(new DbMigrate()));

        Assert.AreEqual(
            "ShopContext has no migrations, so nothing is applied and no database is created. Run: dotnet build -t:DbRevision",
            _harness.Engine.Lines.Single());
        Assert.AreEqual(0, _harness.RunnerStarts);
    }

    [TestMethod]
    public void DbCheck_of_one_context_leaves_the_others_out()
    {
        var drift = _harness.Context(new Diagnostic(DiagnosticCodes.Drift, "drift")) with { Name = "App.LogContext" };
        _harness.Answers(_harness.Context(), drift);

        Assert.IsTrue(_harness.Execute(new DbCheck(), ("DbContextName", "ShopContext")));
        Assert.IsEmpty(_harness.Engine.Warnings);
        Assert.IsFalse(_harness.Execute(new DbCheck(), ("DbContextName", "Nothing")));
        Assert.AreEqual("MIG4001", _harness.Engine.Errors.Single().Code);
    }

    [TestMethod]
    [DataRow("*.sql text\n", true)]
    [DataRow("*.down.sql linguist-generated\n", false)]
    public void Adoption_advises_once_to_fold_the_SQL_that_reverts(string attributes, bool isAdvised)
    {
        var context = _harness.Context();
        var emission = new Emission("CREATE TABLE a (x);\n", "DROP TABLE a;\n", null, [], [], []);
        context = context with { Migrations = [context.Migrations[0] with { Emission = emission }] };
        _harness.Folder.Write(".gitattributes", attributes);

        Assert.IsTrue(_harness.Answers(context).Execute(new DbApprove()));
        Assert.AreEqual(
            isAdvised,
            _harness.Engine.Lines.Any(line => line.Contains("*.down.sql linguist-generated", StringComparison.Ordinal)));
        _harness.Execute(new DbApprove());
        Assert.DoesNotContain(line => line.Contains("linguist", StringComparison.Ordinal), _harness.Engine.Lines);
    }

    [TestMethod]
    public void DbMigrate_needs_an_adopted_project()
    {
        Assert.IsFalse(_harness.Answers(_harness.Context()).Execute(new DbMigrate()));

        Assert.AreEqual("MIG4009", _harness.Engine.Errors.Single().Code);
        Assert.IsEmpty(_harness.Engine.Lines);
    }
}
