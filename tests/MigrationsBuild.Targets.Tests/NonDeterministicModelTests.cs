using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>A model with values that depend on the machine.</summary>
[TestClass]
public class NonDeterministicModelTests
{
    [TestMethod]
    public void A_dependency_on_time_zone_or_culture_is_reported_and_never_drafted()
    {
        using var project = TestProject.CreateMigrated().Configure("""
            builder.Entity<Thing>().HasData(new Thing
            {
                Id = 1,
                At = new DateTimeOffset(new DateTime(2024, 5, 1, 8, 0, 0)),
                Price = $"{1.5}",
                Utc = new DateTimeOffset(2024, 5, 1, 8, 0, 0, TimeSpan.Zero),
            });
            """);
        project.Folder.Write("Models/Thing.cs", """
            namespace App.Models;

            public class Thing
            {
                public int Id { get; set; }

                public DateTimeOffset At { get; set; }

                public DateTimeOffset Utc { get; set; }

                public string Price { get; set; } = "";
            }
            """);

        var revision = project.Build(new Dictionary<string, string?> { ["TZ"] = "Europe/Zurich" }, "-t:DbRevision", "-p:Msg=x");
        var build = project.Build(new Dictionary<string, string?> { ["TZ"] = "UTC", ["CI"] = "true" });

        var refusal = revision.Ours.Single(finding => finding.IsError);
        Assert.AreEqual("MIG1008", refusal.Code);
        Assert.Contains("The same applies to Thing.Price", refusal.Text);
        CollectionAssert.AreEqual(
            new[]
            {
                "MIG1008 Thing.At depends on the machine's time zone, in 1 row of HasData",
                "MIG1008 Thing.Price depends on the machine's culture, in 1 row of HasData",
            },
            build.Ours.Where(finding => finding.Code == "MIG1008" && finding.IsError)
                .Select(finding => $"{finding.Code} {finding.Text.Split(", so ")[0]}")
                .Order(StringComparer.Ordinal)
                .ToArray());
    }
}
