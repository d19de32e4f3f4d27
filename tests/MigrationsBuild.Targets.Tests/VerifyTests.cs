using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>
/// <c>DbVerify</c> on the histories that EF Core's own tool made. <see cref="BookshopTests"/> verifies the largest one in each run.
/// </summary>
[TestClass]
[TestCategory(Categories.Matrix)]
public sealed class VerifyTests : IDisposable
{
    private TestProject? _project;

    public void Dispose() => _project?.Dispose();

    [TestMethod]
    public void A_history_without_Designer_files_is_verified()
    {
        var result = Verify("Stripped", TestPackages.Npgsql, NoDesignerFilesTests.Scripts);

        Assert.Contains("5 migrations verified", result.Output);
        Assert.IsEmpty(result.Ours);
    }

    [TestMethod]
    public void A_history_of_EF_Core_8_is_verified_by_it()
    {
        var result = Verify("Upgrade8", TestPackages.Sqlite8);

        Assert.Contains("2 migrations verified", result.Output);
        Assert.IsEmpty(result.Ours);
    }

    /// <summary>EF Core 10 takes a complex property of a model that EF Core 8 wrote for an optional one.</summary>
    [TestMethod]
    public void A_table_that_a_later_EF_Core_rebuilds_with_nullable_columns_is_a_finding()
    {
        var finding = Verify("Upgrade8", TestPackages.Sqlite).Ours.Single();

        Assert.AreEqual("MIG3037", finding.Code);
        Assert.Contains("different column \"Invoices\".\"Total_Amount\" (TEXT instead of TEXT NOT NULL)", finding.Text);
        Assert.EndsWith("20241008092820_AddReference.down.sql", finding.File);
    }

    /// <summary>EF Core 3.1 created such a foreign key with RESTRICT. Later versions rebuild the table with NO ACTION.</summary>
    [TestMethod]
    public void A_foreign_key_of_an_old_EF_Core_that_reverting_changes_is_a_finding()
    {
        var result = Verify("Veteran", TestPackages.Sqlite);

        Assert.AreEqual(
            "MIG3037 20220309210559_RequireEmail, MIG3037 20230115182248_AddGrades",
            string.Join(", ", result.Ours.Select(finding => $"{finding.Code} {Path.GetFileName(finding.File).Split('.')[0]}")));
        Assert.IsTrue(result.Ours.All(finding => finding.Text.Contains("ON DELETE NO ACTION", StringComparison.Ordinal)));
        Assert.HasCount(8, result.Output.Split("applied, reverted, applied again").Skip(1));
    }

    /// <summary>Verifies all migrations. Scratch databases are created on the server of the database, which itself isn't touched.</summary>
    private BuildResult Verify(string name, TestPackages packages, string items = "")
    {
        _project = TestProject.CreateFrom(name, packages, items);
        _project.Run("DbApprove");
        var connection = packages == TestPackages.Npgsql
            ? PostgreSqlServer.Shared.ConnectionString("postgres")
            : "Data Source=" + _project.Folder["development.db"];
        return _project.Build(
            new Dictionary<string, string?> { ["MIGRATIONS_CONNECTION"] = connection }, "-t:DbVerify", "-p:DbRev=base:head");
    }
}
