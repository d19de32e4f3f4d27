namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>The text of drafts, its location, and SQL in it that will fail.</summary>
[TestClass]
public class DraftTests
{
    private static Start Trail => Fixture.Models.Draft("TrailContext", "WithHeader");

    [TestMethod]
    public void The_first_migration_of_another_context_is_in_a_folder_of_its_own()
    {
        var changes = Trail.Answer.Changes;

        Assert.HasCount(3, changes);
        foreach (var change in changes)
            Assert.AreEqual(Path.Combine(Fixture.Models.Folder, "Migrations", "Trail"), Path.GetDirectoryName(change.Path));
    }

    [TestMethod]
    public void A_nested_context_is_named_with_its_containing_class() => Assert.Contains(
        "[DbContext(typeof(Audit.TrailContext))]",
        Trail.Answer.Changes.Single(change => change.Path.EndsWith(".Designer.cs", StringComparison.Ordinal)).Text!);

    [TestMethod]
    public void Folder_and_namespace_of_migrations_are_settings()
    {
        var changes = Fixture.Models.Ask(
            request => request with { Revision = true, RevisionName = "Begin", ContextName = "TrailContext" },
            project => (project["DbMigrationsFolder"], project["DbMigrationsNamespace"]) = ("Data/History", "Shop.Storage")).Answer.Changes;

        Assert.HasCount(3, changes);
        foreach (var change in changes)
        {
            Assert.AreEqual(Path.Combine(Fixture.Models.Folder, "Data", "History"), Path.GetDirectoryName(change.Path));
            Assert.Contains("namespace Shop.Storage\n", change.Text!);
        }
    }

    [TestMethod]
    public void Design_time_services_of_the_application_change_the_text_of_drafts()
    {
        var draft = Trail.Answer;

        Assert.StartsWith("// Ours.\n", draft.Changes.Single(change => change.Path == draft.Target!.Source).Text!);
    }

    [TestMethod]
    public void A_value_that_EF_Core_cant_write_is_refused_with_its_column()
    {
        var draft = Fixture.Models.Draft("UnsupportedLiteralContext");

        Assert.AreEqual("MIG4018", draft.Problem.Code.Id);
        Assert.StartsWith(
            "EF Core can't write a value of column Hosts.Address in C#, because its type is System.Net.IPAddress.",
            draft.Problem.Message);
        Assert.IsEmpty(draft.Answer.Changes);
    }

    [TestMethod]
    public void A_draft_warns_of_SQL_that_will_fail()
    {
        var warnings = Fixture.Models.Draft("DraftWarningContext").Answer.DraftWarnings;

        Assert.HasCount(2, warnings, "Everything becomes text, so Down() has no cast that fails.");
        Assert.StartsWith(
            "Up() fails with 42804: PostgreSQL doesn't convert column crm.\"Hosts\".\"Name\" from text to integer without USING.",
            warnings[0]);
        Assert.EndsWith("ALTER COLUMN \\\"Name\\\" TYPE integer USING \\\"Name\\\"::integer;\")", warnings[0]);
        Assert.StartsWith("Down() doesn't move table crm.\"Hosts\" back to the default schema", warnings[1]);
    }

    [TestMethod]
    public void The_SQL_of_drafts_is_generated_twice()
    {
        var answer = Fixture.Models.Detailed.Answer;

        var migrations = answer.Contexts.Single(context => context.ShortName == "MomentContext").Migrations;
        CollectionAssert.AreEqual(new[] { false, true }, migrations.Select(migration => migration.Emission!.IsNonDeterministic).ToArray());
    }

    [TestMethod]
    public void A_build_whose_draft_fails_reports_the_drift()
    {
        var answer = Fixture.Startup.Ask(request => request with { AutoDraft = true }).Answer;

        Assert.IsEmpty(answer.Changes);
        var drift = answer.Contexts.Single(context => context.ShortName == "FailingDraftContext").Drift.Single();
        Assert.AreEqual("MIG1001", drift.Code.Id);
    }

    [TestMethod]
    public void A_language_without_a_code_generator_is_refused_with_the_fix()
    {
        var problem = Fixture.Models.Ask(
            request => request with { Revision = true, RevisionName = "Begin", ContextName = "TrailContext" },
            project => project["Language"] = "F#").Problem;

        Assert.AreEqual("MIG4015", problem.Code.Id);
        Assert.StartsWith("EF Core writes migrations in C#, and this project has no generator for F#.", problem.Message);
        Assert.EndsWith("Then run in that project: dotnet build -t:DbRevision", problem.Text);
    }
}
