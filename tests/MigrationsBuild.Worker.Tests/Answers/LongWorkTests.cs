using MigrationsBuild.Protocol;

namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>Time limits of steps other than start-up code.</summary>
[TestClass]
public class LongWorkTests
{
    [TestMethod]
    public void Emission_shows_its_progress_and_names_the_migration_that_hangs()
    {
        var start = Fixture.Startup.Ask(
            request => request with { Emission = EmissionScope.All, StepLimit = TimeSpan.FromSeconds(5) });

        Assert.AreEqual("MIG1009", start.Problem.Code.Id);
        Assert.Contains(
            "the SQL of 20260102000000_Hanging (migration 2 of 2 of HangingContext) took longer than 5 s",
            start.Problem.Message);
        Assert.Contains("\nHangingContext: SQL of 1 of 2 migrations, now 20260102000000_Hanging (", start.Output);
        Assert.DoesNotContain("start-up code", start.Problem.Message);
    }
}
