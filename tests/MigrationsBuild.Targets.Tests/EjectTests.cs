using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>SQL that a database administrator has edited, and a hotfix that was made by hand, become migrations of EF Core.</summary>
[TestClass]
public class EjectTests
{
    [TestMethod]
    [DataRow(true, DisplayName = "Approved")]
    [DataRow(false, DisplayName = "A draft")]
    public void EF_Core_generates_the_edited_SQL(bool isApproved)
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Replace("Models/User.cs", "public int Id", "public int? Age { get; set; }\n\n    public int Id");
        project.Run("DbRevision", "Msg=add age");
        var up = project.Sql("AddAge");
        const string Update = "-- Only \"adults\".\nUPDATE \"Users\" SET \"Name\" = '@\"' WHERE \"Age\" < 18;\n";
        var edited = $"{project.Folder.Read(up)}\n{Update}\n-- outside a transaction\nPRAGMA optimize;\n";
        project.Folder.Write(up, edited);
        if (isApproved)
            project.Run("DbApprove");

        var output = project.Run("DbEject", "DbRev=AddAge").Output;

        Assert.Contains("3 Sql calls in Up, 6 in Down", output);
        var code = project.Folder.Read(up.Replace(".sql", ".cs", StringComparison.Ordinal));
        Assert.Contains("PRAGMA optimize;\", suppressTransaction: true);", code);
        Assert.DoesNotContain("AddColumn", code);
        if (!isApproved)
        {
            Assert.AreEqual("MIG1002", project.Build().Ours.Single().Code);
            project.Run("DbApprove");
        }

        // A strict check emits the SQL of all migrations again.
        Assert.IsTrue(project.Build(TestCode.Ci, "-t:DbCheck").Succeeded);
        Assert.AreEqual(Body(edited), Body(project.Folder.Read(up)));
        Assert.Contains("verified", project.Run("DbVerify", "DbRev=AddAge:head").Output);
        Assert.Contains("already generates the SQL of its files", project.Run("DbEject", "DbRev=AddAge").Output);
    }

    [TestMethod]
    public void A_hotfix_becomes_a_migration_that_its_database_gets_recorded_and_others_get_applied()
    {
        const string Hotfix =
            """
            -- Orders were slow in the night.
            SET lock_timeout = '1s';
            CREATE INDEX CONCURRENTLY users_by_name ON "Users" ("Name");

            COMMENT ON INDEX users_by_name IS 'It''s "hot"'; -- Don't drop it.

            """;
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql);
        var (production, other) = (PostgreSqlServer.NewName(), PostgreSqlServer.NewName());
        try
        {
            project.RunOn(PostgreSqlServer.Shared.ConnectionString(production), "DbMigrate");
            var before = PostgreSqlServer.Shared.Dump(production);
            foreach (var statement in Hotfix.Split(";\n")[..2])
                PostgreSqlServer.Shared.Execute(production, statement);
            PostgreSqlServer.Shared.Execute(production, Hotfix.Split("\n\n")[1]);
            var after = PostgreSqlServer.Shared.Dump(production);
            project.Folder.Write("sql/hotfix.sql", Hotfix);
            project.Folder.Write("sql/hotfix.down.sql", "DROP INDEX CONCURRENTLY users_by_name;\n");

            var output = project.Run("DbRevision", "DbSqlFile=sql/hotfix.sql", "Msg=hotfix of the night").Output;

            Assert.Contains("drafted 2", output);
            var sql = project.Folder.Read(project.Sql("HotfixOfTheNight"));
            Assert.Contains("-- outside a transaction\nCREATE INDEX CONCURRENTLY", sql);
            Assert.Contains("Don't drop it.", sql);
            project.Build();
            Assert.AreEqual(sql, project.Folder.Read(project.Sql("HotfixOfTheNight")), "The compiled C# generates the SQL of the draft.");
            project.Run("DbApprove");
            project.RunOn(PostgreSqlServer.Shared.ConnectionString(production), "DbStamp", "DbRev=head", $"DbForce={production}");
            Assert.Contains("No difference; at ", project.RunOn(PostgreSqlServer.Shared.ConnectionString(production), "DbDiff").Output);
            project.RunOn(PostgreSqlServer.Shared.ConnectionString(other), "DbMigrate");
            Assert.AreEqual(after, PostgreSqlServer.Shared.Dump(other));
            project.RunOn(PostgreSqlServer.Shared.ConnectionString(other), "DbRollback", "DbTo=-1", $"DbForce={other}");
            Assert.AreEqual(before, PostgreSqlServer.Shared.Dump(other));
        }
        finally
        {
            foreach (var database in new[] { production, other })
                PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
        }
    }

    [TestMethod]
    public void A_file_that_no_migration_can_contain_is_refused()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Write("hotfix.sql", "-- fix\nBEGIN;\nUPDATE \"Users\" SET \"Name\" = '';\nCOMMIT;\n");
        project.Folder.Write("empty.sql", "-- nothing;\n");
        var before = project.Folder.Sources();
        BuildDiagnostic Refusal(string file) => project.Build("-t:DbRevision", $"-p:DbSqlFile={file}", "-p:Msg=x").Ours.Single();

        var refused = Refusal("hotfix.sql");

        Assert.AreEqual(("MIG1032", "hotfix.sql", 2), (refused.Code, Path.GetFileName(refused.File), refused.Line));
        Assert.Contains("BEGIN would end the transaction that the migration runs in. Remove it from the file.", refused.Text);
        Assert.Contains("The file has no statement.", Refusal("empty.sql").Text);
        Assert.Contains("can't be read", Refusal("missing.sql").Text);
        var combined = project.Build("-t:DbRevision", "-p:DbSqlFile=hotfix.sql", "-p:DbAmend=true").Ours.Single();
        Assert.AreEqual("MIG4010", combined.Code);
        CollectionAssert.AreEqual(before.ToArray(), project.Folder.Sources().ToArray());
    }

    private static string Body(string file) => file[file.IndexOf("\n\n", StringComparison.Ordinal)..];
}
