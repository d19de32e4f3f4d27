namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>B11: an application's own <c>IHistoryRepository</c>.</summary>
[TestClass]
public class CustomHistoryTests
{
    [TestMethod]
    public void Its_column_is_filled_by_every_verb_and_in_the_script_and_one_that_reads_otherwise_is_a_finding()
    {
        var report = Fixture.Models["VersionHistoryContext"];

        var recording = report.Migrations.Single().Recording!;
        Assert.MatchesRegex(
            @"^INSERT INTO ""__EFMigrationsHistory"" \(""MigrationId"", ""ProductVersion"", ""AppVersion""\) "
            + @"VALUES \('20260101000000_Initial', '10\.0\.\d+', '1\.4\.2'\);$",
            recording.Insert);
        Assert.Contains("'20260101000000_Initial'", recording.Delete);
        Assert.Contains("\"AppVersion\" character varying(20) NOT NULL", report.History.CreateScript);
        Assert.IsNull(report.History.Unsupported);
        Assert.IsFalse(report.History.HasNonDeterministicScripts);
        Assert.AreEqual(
            "ReadingHistory overrides how the applied migrations are read", Fixture.Models["ReadingHistoryContext"].History.Unsupported);
    }

    [TestMethod]
    public void A_value_that_is_another_one_each_time_is_reported() =>
        Assert.IsTrue(Fixture.Models["NonDeterministicHistoryContext"].History.HasNonDeterministicScripts);
}
