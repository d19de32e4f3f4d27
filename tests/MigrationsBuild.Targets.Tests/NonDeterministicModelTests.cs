using System.Text.RegularExpressions;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>A model with values that are made anew each time it is built.</summary>
[TestClass]
public class NonDeterministicModelTests
{
    [TestMethod]
    public void What_has_another_value_each_time_is_named_at_its_property_and_never_drafted()
    {
        using var project = CreateSeeded();
        project.Folder.Replace("AppContext.cs", ", Stamp = \"a\"", "").Replace("AppContext.cs", "new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)", "Guid.NewGuid()");
        var before = project.Folder.Sources();

        var build = project.Build();
        var revision = project.Build("-t:DbRevision");

        CollectionAssert.AreEqual(
            new[]
            {
                "Models/Meeting.cs(5,17): warning MIG1008: Meeting.Id has another value each time the model is built, in 1 row of HasData. No migration can match that. Write it as a constant: HasData(new Meeting { Id = …, … })",
                "Models/Role.cs(9,19): warning MIG1008: Role.Stamp has another value each time the model is built, in 2 rows of HasData. No migration can match that. Write it as a constant: HasData(new Role { Stamp = …, … })",
            },
            build.Ours.Select(finding => finding.ToString()).Order(StringComparer.Ordinal).ToArray());
        var refusal = revision.Ours.Single(finding => finding.IsError);
        Assert.AreEqual("MIG1008", refusal.Code);
        Assert.Contains("The same holds for ", refusal.Text);
        CollectionAssert.AreEquivalent(before.ToArray(), project.Folder.Sources().ToArray());
    }

    [TestMethod]
    public void Other_changes_beside_it_are_told_as_ever_but_not_drafted_with_it()
    {
        using var project = CreateSeeded();
        project.AddAvatar();
        project.Folder.Replace("AppContext.cs", "Name = \"admin\", Stamp = \"a\"", "Name = \"owner\"")
            .Replace("AppContext.cs", "new DateTime(2026, 1, 1)", "DateTime.Now")
            .Replace("AppContext.cs", "\"Kick-off\"", "\"Start\"")
            .Replace("AppContext.cs", "HasDefaultValue(1)", "HasDefaultValue(Random.Shared.Next())");

        var findings = project.Build(TestCode.Ci).Ours;

        Assert.IsTrue(findings.All(finding => finding.IsError));
        CollectionAssert.AreEqual(
            new[]
            {
                "MIG1001 Meeting has no migration: updates 1 row of \"Meeting\"",
                "MIG1001 Role has no migration: updates 1 row of \"Role\"",
                "MIG1001 User.Avatar has no migration: adds column \"Users\".\"Avatar\" TEXT",
                "MIG1008 Meeting.At has another value each time the model is built, in 1 row of HasData",
                "MIG1008 Role.Rank is configured differently each time the model is built: changes column \"Role\".\"Rank\": default",
                "MIG1008 Role.Stamp has another value each time the model is built, in 1 row of HasData",
            },
            findings.Select(finding => Regex.Match($"{finding.Code} {finding.Text}", @"^.*?(?=\. | [-\d]+ to [-\d]+\.)").Value).Order(StringComparer.Ordinal).ToArray());
        Assert.AreEqual("MIG1008", project.Build("-t:DbRevision", "-p:Msg=avatar").Ours.Single(finding => finding.IsError).Code);
    }

    [TestMethod]
    public void The_model_is_built_a_second_time_only_if_something_differs()
    {
        using var project = TestProject.CreateMigrated().Configure("System.IO.File.AppendAllText(\"../models\", \"x\");");
        project.Build();
        var without = project.Folder.Read("../models").Length;

        project.AddAvatar().Build();

        Assert.AreEqual(without + 1, project.Folder.Read("../models").Length - without);
    }

    [TestMethod]
    public void What_depends_on_the_machines_time_zone_or_culture_is_named_and_never_drafted()
    {
        using var project = TestProject.CreateMigrated().Configure("""
            builder.Entity<Thing>().HasData(new Thing { Id = 1, At = new DateTimeOffset(new DateTime(2024, 5, 1, 8, 0, 0)), Price = $"{1.5}", Utc = new DateTimeOffset(2024, 5, 1, 8, 0, 0, TimeSpan.Zero) });
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
        Assert.Contains("The same holds for Thing.Price", refusal.Text);
        CollectionAssert.AreEqual(
            new[]
            {
                "MIG1008 Thing.At depends on the machine's time zone, in 1 row of HasData",
                "MIG1008 Thing.Price depends on the machine's culture, in 1 row of HasData",
            },
            build.Ours.Where(finding => finding.Code == "MIG1008" && finding.IsError).Select(finding => $"{finding.Code} {finding.Text.Split(", so ")[0]}").Order(StringComparer.Ordinal).ToArray());
    }

    private static TestProject CreateSeeded()
    {
        var project = TestProject.CreateMigrated().Configure("""
            builder.Entity<Role>().Property(role => role.Rank).HasDefaultValue(1);
                    builder.Entity<Role>().HasData(new Role { Id = 1, Name = "admin", Stamp = "a" }, new Role { Id = 2, Name = "reader", Stamp = "a" });
                    builder.Entity<Meeting>().HasData(new Meeting { Id = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), At = new DateTime(2026, 1, 1), Title = "Kick-off" });
            """);
        project.Folder.Write("Models/Role.cs", """
            namespace App.Models;

            public class Role
            {
                public int Id { get; set; }

                public string Name { get; set; } = "";

                public string Stamp { get; set; } = Guid.NewGuid().ToString();

                public int Rank { get; set; }
            }
            """);
        project.Folder.Write("Models/Meeting.cs", """
            namespace App.Models;

            public class Meeting
            {
                public Guid Id { get; set; }

                public DateTime At { get; set; }

                public string Title { get; set; } = "";
            }
            """);
        project.Run("DbRevision", "Msg=seed");
        project.Run("DbApprove");
        return project;
    }
}
