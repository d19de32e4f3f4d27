using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>B11: an application's own <c>IHistoryRepository</c>.</summary>
[TestClass]
public class OwnHistoryTests
{
    private const string Repository = """
        #pragma warning disable EF1001
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Metadata.Builders;
        using Microsoft.EntityFrameworkCore.Migrations;
        using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations.Internal;

        namespace App;

        public class History(HistoryRepositoryDependencies dependencies) : NpgsqlHistoryRepository(dependencies)
        {
            protected override void ConfigureTable(EntityTypeBuilder<HistoryRow> history)
            {
                base.ConfigureTable(history);
                history.Property<string>("AppVersion").IsRequired().HasMaxLength(20);
            }

            public override string GetInsertScript(HistoryRow row) =>
                $"INSERT INTO \"{TableName}\" (\"{MigrationIdColumnName}\", \"{ProductVersionColumnName}\", \"AppVersion\") VALUES ('{row.MigrationId}', '{row.ProductVersion}', '1.4.2');\n";
        }

        """;

    [TestMethod]
    public void Its_column_is_filled_by_every_verb_and_in_the_script_and_one_that_reads_otherwise_is_a_finding()
    {
        var server = PostgreSqlServer.Shared;
        var database = PostgreSqlServer.NewName();
        using var project = TestProject.Create(TestPackages.Npgsql);
        project.Folder.Write("History.cs", Repository)
            .Replace("AppContext.cs", "UseNpgsql(\"Host=127.0.0.1;Database=app\")", "UseNpgsql(\"Host=127.0.0.1;Database=app\").ReplaceService<Microsoft.EntityFrameworkCore.Migrations.IHistoryRepository, History>()");
        const string rows = "SELECT \"AppVersion\" FROM \"__EFMigrationsHistory\"";

        project.Run("DbRevision", "Msg=initial");
        project.Run("DbApprove");
        project.RunOn(server.ConnectionString(database), "DbMigrate");
        CollectionAssert.AreEqual(new[] { "1.4.2" }, server.Query(database, rows).ToArray());
        project.RunOn(server.ConnectionString(database), "DbRollback", "DbTo=base", $"DbForce={database}");
        project.RunOn(server.ConnectionString(database), "DbStamp", "DbRev=head", $"DbForce={database}");
        CollectionAssert.AreEqual(new[] { "1.4.2" }, server.Query(database, rows).ToArray());
        Assert.Contains("'1.4.2');", project.Run("DbScript", "DbRev=base:head").Output);
        Assert.IsEmpty(project.Build(TestCode.Ci).Ours);

        project.Folder.Replace("History.cs", "'1.4.2'", "'{System.Guid.NewGuid().ToString()[..8]}'");
        Assert.AreEqual("MIG4017", project.Build(TestCode.Ci).Ours.Single(finding => !finding.IsError).Code, "A value that is another one each time is a warning.");
        project.Folder.Replace("History.cs", "    public override string GetInsertScript", """
                public override System.Collections.Generic.IReadOnlyList<HistoryRow> GetAppliedMigrations() => base.GetAppliedMigrations();

                public override string GetInsertScript
            """);
        var finding = project.Build(TestCode.Ci).Ours.Single(finding => finding.IsError);
        Assert.AreEqual("MIG4017", finding.Code);
        Assert.Contains("History overrides how the applied migrations are read", finding.Text);
        server.Execute("postgres", $"DROP DATABASE {database} WITH (FORCE)");
    }
}
