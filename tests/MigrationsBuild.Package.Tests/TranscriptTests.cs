using System.Text.RegularExpressions;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Package.Tests;

/// <summary>What a user does, from <c>dotnet add package</c> on, with the packed package outside of the repository.</summary>
[TestClass]
public class TranscriptTests
{
    [TestMethod]
    public void On_SQLite_from_a_changed_entity_to_a_migrated_database() => Run(TestPackages.Sqlite, "TEXT", null);

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void On_PostgreSQL_from_a_changed_entity_to_a_migrated_database()
    {
        var database = PostgreSqlServer.NewName();
        Run(TestPackages.Npgsql, "text", PostgreSqlServer.Shared.ConnectionString(database));
        Assert.HasCount(1, PostgreSqlServer.Shared.Query(database, "SELECT 1 FROM \"__EFMigrationsHistory\""));
        PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE {database} WITH (FORCE)");
    }

    private static void Run(TestPackages packages, string text, string? connection)
    {
        using var project = Consumer.CreateWithoutPackage(packages, connection);
        project.AddPackage();

        project.Verb("DbRevision", "Msg=initial");
        project.Verb("DbApprove");
        project.Folder.Replace("Models/User.cs", "\n}", "\n\n    public string? Avatar { get; set; }\n}");
        Assert.AreEqual(
            $"Models/User.cs(9,20): warning MIG1001: User.Avatar has no migration: adds column \"Users\".\"Avatar\" {text}. "
            + "Run: dotnet build -t:DbRevision -p:Msg=\"add user avatar\"",
            project.Build().Ours.Single().ToString());

        var revision = project.Verb("DbRevision", "Msg=add user avatar");
        var id = Regex.Match(revision, @"drafted (\d{14}_AddUserAvatar)").Groups[1].Value;
        foreach (var extension in new[] { ".cs", ".Designer.cs", ".sql", ".down.sql" })
            Assert.IsTrue(File.Exists(project.Folder[$"Migrations/{id}{extension}"]), extension);
        var draft = project.Build().Ours.Single();
        Assert.StartsWith($"Migrations/{id}.sql(1,1): warning MIG1002: {id} is not approved.", draft.ToString());
        Assert.AreEqual("MIG1002", project.Build("-p:ContinuousIntegrationBuild=true").Ours.Single(finding => finding.IsError).Code);

        Assert.Contains($"{id}.sql", project.Verb("DbApprove"));
        Assert.IsEmpty(project.Build("-p:ContinuousIntegrationBuild=true").Ours);
        Assert.IsTrue(project.Build("-question").Succeeded);
        Assert.Contains("2 migrations applied", project.Verb("DbMigrate"));
        Assert.Contains($"{id} (head)", project.Verb("DbCurrent"));
        Assert.Contains($"_Initial -> {id} (head) (current), add user avatar", project.Verb("DbHistory"));
        Assert.Contains("1 migration reverted", project.Verb("DbRollback"));
        Assert.Contains("added to the history", project.Verb("DbStamp", "DbRev=head"));
        Assert.Contains("removed from the history", project.Verb("DbStamp", "DbRev=-1"));
        Assert.IsFalse(project.Build("-t:DbDiscard").Succeeded, "It is approved.");
    }
}
