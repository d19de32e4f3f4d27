namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>An application's own <c>IHistoryRepository</c>.</summary>
[TestClass]
public class CustomHistoryTests
{
    [TestMethod]
    public void A_custom_column_is_filled_and_a_repository_that_reads_differently_is_reported()
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
    public void A_value_that_differs_each_time_is_reported() =>
        Assert.IsTrue(Fixture.Models["NonDeterministicHistoryContext"].History.HasNonDeterministicScripts);
}
