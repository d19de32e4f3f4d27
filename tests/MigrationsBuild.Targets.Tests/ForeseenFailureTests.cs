using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>Drafts that no database will take say so when they are made.</summary>
[TestClass]
public class ForeseenFailureTests
{
    [TestMethod]
    public void A_draft_says_what_of_it_wont_work()
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql)
            .AddToUser("public System.Net.IPAddress Address { get; set; } = null!;")
            .Configure("builder.Entity<User>().Property(user => user.Address).HasDefaultValue(System.Net.IPAddress.Loopback);");
        var before = project.Folder.Sources();

        var error = project.Build("-t:DbRevision").Ours.Single(finding => finding.IsError);

        Assert.AreEqual("MIG4018", error.Code, error.Text);
        Assert.StartsWith("EF Core can't write a value of column Users.Address in C#, because it is a System.Net.IPAddress.", error.Text);
        CollectionAssert.AreEquivalent(before.ToArray(), project.Folder.Sources().ToArray());

        project.Folder.Replace("Models/User.cs", "public string Name { get; set; } = \"\";", "public int Name { get; set; }")
            .Replace("AppContext.cs", "builder.Entity<User>().Property", "builder.HasDefaultSchema(\"crm\"); builder.Entity<User>().Ignore")
            .Replace("AppContext.cs", ".HasDefaultValue(System.Net.IPAddress.Loopback)", "");
        var draft = project.Run("DbRevision", "Msg=change").Output;

        Assert.Contains("WON'T WORK AS DRAFTED: Up() fails with 42804: PostgreSQL doesn't change column crm.\"Users\".\"Name\" from text to integer by itself.", draft);
        Assert.Contains("ALTER COLUMN \\\"Name\\\" TYPE integer USING \\\"Name\\\"::integer;\")", draft);
        Assert.Contains("WON'T WORK AS DRAFTED: Down() doesn't move table crm.\"Users\" back to the default schema", draft);
        Assert.DoesNotContain("Down() fails with 42804", draft, "Everything becomes text.");
    }
}
