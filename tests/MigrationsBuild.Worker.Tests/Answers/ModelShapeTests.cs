using MigrationsBuild.Contexts;

namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>Parts of EF Core that a project may replace or extend.</summary>
[TestClass]
public class ModelShapeTests
{
    [TestMethod]
    public void Naming_conventions_apply_to_drift_SQL_and_history_table()
    {
        var report = Fixture.Models["SnakeCaseContext"];
        var draft = Fixture.Models.Draft("SnakeCaseContext").Answer;

        Assert.StartsWith("User.LastName has no migration: adds column \"users\".\"last_name\" TEXT.", report.Drift.Single().Text);
        Assert.AreEqual(("migration_id", "product_version"), (report.History.IdColumn, report.History.VersionColumn));
        Assert.EndsWith("_AddUserLastName", draft.Target!.Id);
        Assert.EndsWith("ALTER TABLE \"users\" ADD \"last_name\" TEXT NULL;\n", draft.Target.Emission!.Up);
    }

    [TestMethod]
    public void A_compiled_model_is_ignored_and_a_custom_SQL_generator_is_used()
    {
        var draft = Fixture.Models.Draft("CompiledModelContext").Answer;

        Assert.StartsWith("User.Avatar has no migration: adds column", Fixture.Models.Drift("CompiledModelContext").Single().Text);
        Assert.Contains("/* ours */\nALTER TABLE \"Users\" ADD \"Avatar\"", draft.Target!.Emission!.Up!);
    }

    [TestMethod]
    public void A_default_schema_and_a_history_table_in_another_schema_are_used()
    {
        var history = Fixture.Models["OtherSchemaContext"].History;

        Assert.AreEqual(("ops", "applied"), (history.Schema, history.Name));
        Assert.Contains("CREATE TABLE IF NOT EXISTS ops.applied", history.CreateScript);
        Assert.Contains("CREATE TABLE shop.\"Users\"", Fixture.Models.Draft("OtherSchemaContext").Answer.Target!.Emission!.Up!);
    }

    [TestMethod]
    public void Options_and_model_decide_how_a_missing_database_is_created() => Assert.AreEqual(
        new DatabaseCreation("admin", "countries", "C", "fast"), Fixture.Models["OtherSchemaContext"].Creation);

    [TestMethod]
    public void Excluded_tables_are_ignored_and_the_history_table_may_have_another_name()
    {
        var report = Fixture.Models["LeftAloneContext"];

        Assert.IsEmpty(report.Drift);
        Assert.AreEqual("Applied", report.History.Name);
    }

    [TestMethod]
    public void UseSeeding_is_not_run()
    {
        Assert.HasCount(1, Fixture.Models["LeftAloneContext"].Migrations);
        Assert.DoesNotContain("No build adds the application's rows", Fixture.Models.Shared.Output);
        Assert.IsEmpty(Fixture.Models.Shared.Answer.Problems, "Its seeding throws if it is run.");
    }

    [TestMethod]
    public void A_finding_about_a_packages_class_is_at_the_context()
    {
        var finding = Fixture.Models.Drift("ForeignEntityContext").Single();

        Assert.AreEqual("MIG1008", finding.Code);
        Assert.StartsWith("IdentityRole.ConcurrencyStamp is non-deterministic: ", finding.Text);
        Assert.AreEqual("public class |ForeignEntityContext : DbContext", finding.Source);
    }

    [TestMethod]
    public void Entities_are_listed_with_their_tables_on_request()
    {
        var answer = Fixture.Models.Detailed.Answer;

        Assert.AreEqual(
            "User in table People, excluded from migrations",
            answer.Contexts.Single(context => context.ShortName == "ExcludedTableContext").Entities.Single());
        Assert.IsEmpty(Fixture.Models["ExcludedTableContext"].Entities);
    }
}
