namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>What of EF Core a project may replace or extend.</summary>
[TestClass]
public class ModelShapeTests
{
    [TestMethod]
    public void Naming_conventions_hold_in_drift_SQL_and_history_table()
    {
        var report = Fixture.Models["SnakeCaseContext"];
        var draft = Fixture.Models.Draft("SnakeCaseContext").Answer;

        Assert.StartsWith("User.LastName has no migration: adds column \"users\".\"last_name\" TEXT.", report.Drift.Single().Message);
        Assert.AreEqual(("migration_id", "product_version"), (report.History.IdColumn, report.History.VersionColumn));
        Assert.EndsWith("_AddUserLastName", draft.Target!.Id);
        Assert.EndsWith("ALTER TABLE \"users\" ADD \"last_name\" TEXT NULL;\n", draft.Target.Emission!.Up);
    }

    [TestMethod]
    public void A_compiled_model_isnt_taken_for_the_model_and_a_generator_of_ones_own_writes_the_SQL()
    {
        var draft = Fixture.Models.Draft("CompiledModelContext").Answer;

        Assert.StartsWith("User.Avatar has no migration: adds column", Fixture.Models.Drift("CompiledModelContext").Single().Text);
        Assert.Contains("/* ours */\nALTER TABLE \"Users\" ADD \"Avatar\"", draft.Target!.Emission!.Up!);
    }
}
