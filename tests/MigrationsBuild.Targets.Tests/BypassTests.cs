using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>Ways around the approval that were found in reports and in a review, each closed.</summary>
[TestClass]
public class BypassTests
{
    private const string Approvals = "Migrations/AppDbContext.approvals";

    [TestMethod]
    public void A_renamed_context_doesnt_turn_the_gate_off_and_an_approval_renames()
    {
        using var project = TestProject.CreateMigrated();
        Rename(project, "AppDbContext", "ShopDbContext");

        var error = project.Build(TestCode.Ci).Ours.Single();
        var approval = project.Run("DbApprove");
        project.AddAvatar().Run("DbRevision");

        Assert.AreEqual(("MIG1016", Approvals, 2, true), (error.Code, error.File, error.Line, error.IsError));
        Assert.Contains($"{Approvals} moved to Migrations/ShopDbContext.approvals; what was approved stays approved", approval.Output);
        Assert.HasCount(1, Directory.GetFiles(project.Folder["Migrations"], "*Snapshot.cs"));
    }

    [TestMethod]
    public void A_carriage_return_smuggles_nothing_past_a_review()
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql);
        var (server, database) = (PostgreSqlServer.Shared, PostgreSqlServer.NewName());
        var sql = project.Sql("Initial");
        project.Folder.Replace(sql, "-- Generator: ", "-- Generator: \rCREATE TABLE smuggled (id int);--");
        server.Execute("postgres", $"CREATE DATABASE {database}");
        Assert.AreEqual(0, server.Psql("psql", database, ["-X", "-v", "ON_ERROR_STOP=1", "-f", project.Folder[sql]]).ExitCode);
        Assert.HasCount(1, server.Query(database, "SELECT 1 FROM pg_tables WHERE tablename = 'smuggled'"), "That is what would run.");
        server.Execute("postgres", $"DROP DATABASE {database} WITH (FORCE)");

        var error = project.Build(TestCode.Ci).Ours.Single();

        Assert.AreEqual(("MIG1020", sql, 5, 15, true), (error.Code, error.File, error.Line, error.Column, error.IsError));
        Assert.StartsWith("This SQL of ", error.Text);
        Assert.Contains("holds U+000D, a control character, which a reviewer can't see", error.Text);
    }

    private static void Rename(TestProject project, string old, string @new)
    {
        foreach (var (file, text) in project.Folder.Sources().Where(file => file.Key.EndsWith(".cs", StringComparison.Ordinal)))
        {
            var renamed = text.Replace($"typeof({old})", $"typeof({@new})", StringComparison.Ordinal);
            project.Folder.Write(file, renamed.Replace($"class {old} ", $"class {@new} ", StringComparison.Ordinal));
        }
    }
}
