using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>A change that someone made by hand in a database, from the draft of its migration to other databases.</summary>
[TestClass]
public class DiffDraftTests
{
    private const string ByHand =
        """"
        CREATE INDEX users_hot ON "Users" (lower("Name"));
        ALTER TABLE "Users" ADD CONSTRAINT named CHECK ("Name" <> '');
        CREATE FUNCTION shout(t text) RETURNS text LANGUAGE sql AS 'SELECT upper(t) || ''!''';
        CREATE VIEW loud AS SELECT shout("Name") AS "the ""name""" FROM "Users";
        COMMENT ON TABLE "Users" IS E'a "quote"\n"); // and a line';
        ALTER TABLE "Users" ALTER COLUMN "Name" SET DEFAULT 'it''s';
        GRANT SELECT ("Name"), UPDATE ("Name") ON "Users" TO PUBLIC;
        REVOKE EXECUTE ON FUNCTION shout FROM PUBLIC;
        ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO PUBLIC;
        """";

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void The_draft_is_approved_and_applied_to_the_database_and_to_a_new_one()
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql);
        var (live, @new) = (PostgreSqlServer.NewName(), PostgreSqlServer.NewName());
        try
        {
            var connection = PostgreSqlServer.Shared.ConnectionString(live);
            project.RunOn(connection, "DbMigrate");
            var before = PostgreSqlServer.Shared.Dump(live);
            PostgreSqlServer.Shared.Execute(live, ByHand);
            var after = PostgreSqlServer.Shared.Dump(live);

            var output = project.RunOn(
                connection, "DbDiff", "DbPrivileges=true", "DbDraft=true", "Msg=add users_hot", "DbSqlFile=undo.sql").Output;

            Assert.Contains("additional index public.users_hot", output);
            Assert.Contains("drafted 2", output);
            Assert.DoesNotContain("WON'T WORK", output);
            Assert.AreEqual(after, PostgreSqlServer.Shared.Dump(live), "Nothing was run on the database.");
            var up = project.Folder.Read(project.Sql("AddUsers_hot"));
            project.Build();
            Assert.AreEqual(up, project.Folder.Read(project.Sql("AddUsers_hot")), "The compiled C# generates the SQL of the draft.");
            project.Run("DbApprove");
            project.RunOn(connection, "DbMigrate", $"DbForce={live}");
            Assert.Contains("No difference; at ", project.RunOn(connection, "DbDiff", "DbPrivileges=true").Output);
            Assert.AreEqual(after, PostgreSqlServer.Shared.Dump(live));
            project.RunOn(PostgreSqlServer.Shared.ConnectionString(@new), "DbMigrate");
            Assert.AreEqual(after, PostgreSqlServer.Shared.Dump(@new));
            project.RunOn(PostgreSqlServer.Shared.ConnectionString(@new), "DbRollback", "DbTo=-1", $"DbForce={@new}");
            Assert.AreEqual(before, PostgreSqlServer.Shared.Dump(@new));
            PostgreSqlServer.Shared.Execute(live, File.ReadAllText(project.Folder["undo.sql"]));
            Assert.AreEqual(before, PostgreSqlServer.Shared.Dump(live));
        }
        finally
        {
            foreach (var database in new[] { live, @new })
                PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
        }
    }
}
