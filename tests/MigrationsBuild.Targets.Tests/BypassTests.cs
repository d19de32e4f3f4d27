using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>Ways around the approval that were found in reports and in a review, each closed.</summary>
[TestClass]
public class BypassTests
{
    private const string Approvals = "Migrations/AppDbContext.approvals";

    [TestMethod]
    public void An_approval_renames_the_files_of_a_renamed_context_and_its_snapshot_stays_the_only_one()
    {
        using var project = TestProject.CreateMigrated();
        Rename(project, "AppDbContext", "ShopDbContext");

        var approval = project.Run("DbApprove");
        project.AddAvatar().Run("DbRevision");

        Assert.Contains($"{Approvals} moved to Migrations/ShopDbContext.approvals; its approvals are kept", approval.Output);
        Assert.HasCount(1, Directory.GetFiles(project.Folder["Migrations"], "*Snapshot.cs"));
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
