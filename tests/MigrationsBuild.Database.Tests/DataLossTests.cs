using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>
/// A run shows the data that it drops. A development database goes on. Elsewhere someone has to accept the loss, in the approval or in the
/// call.
/// </summary>
[TestClass]
public class DataLossTests
{
    private const string A = "20260101000000_AddUsers";
    private const string B = "20260102000000_AddUserAvatar";
    private const string C = "20260103000000_DropUserName";

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void A_development_database_goes_on(SqlDialect dialect)
    {
        using var set = Users(dialect);

        var result = set.Run("rollback", to: "base").Succeeds();

        CollectionAssert.IsSubsetOf(
            new[]
            {
                "Rolling back AddUserAvatar drops \"Users\".\"Avatar\": 2 of 3 rows have a value",
                "Rolling back AddUsers drops \"Users\": 3 rows",
            },
            result.Lines.ToArray());
        Assert.AreEqual("Users.Avatar 3 2; Users. 3 3", Losses(result));
        Assert.IsEmpty(set.Tables);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Elsewhere_the_call_names_what_may_be_lost(SqlDialect dialect)
    {
        using var set = Deployed(Users(dialect));

        var error = set.Run("rollback", to: "base", force: set.DatabaseName).FailsWith(DiagnosticCodes.DataLoss);

        Assert.StartsWith("Rolling back AddUserAvatar drops \"Users\".\"Avatar\": 2 of 3 rows have a value. ", error.Message);
        Assert.EndsWith("If the data may be lost: -p:DbAcceptLoss=\"Users.Avatar Users\"", error.Message);
        set.Run("rollback", request => request with { To = "base", AcceptLoss = "Users.Avatar,Other" }).FailsWith(DiagnosticCodes.DataLoss);
        set.Run("rollback", request => request with { To = A, AcceptLoss = "Avatar" }).FailsWith(DiagnosticCodes.DataLoss);
        Assert.HasCount(2, set.History);
        set.Run("rollback", request => request with { To = A, AcceptLoss = "Users.Avatar" }).Succeeds();
        set.Run("rollback", request => request with { To = "base", AcceptLoss = "Users" }).Succeeds();
        Assert.HasCount(0, set.History);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void A_dry_run_shows_it_and_ends_as_the_run_would(SqlDialect dialect)
    {
        using var set = Deployed(Users(dialect));

        var result = set.Run("rollback", to: A, dryRun: true);

        result.FailsWith(DiagnosticCodes.DataLoss);
        Assert.Contains("Rolling back AddUserAvatar drops \"Users\".\"Avatar\": 2 of 3 rows have a value", result.Lines);
        Assert.Contains("    ALTER TABLE \"Users\" DROP COLUMN \"Avatar\";", result.Lines);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void Without_values_there_is_nothing_to_accept(SqlDialect dialect)
    {
        using var set = Deployed(Users(dialect));
        set.Execute("UPDATE \"Users\" SET \"Avatar\" = NULL");
        Assert.Contains(
            "Rolling back AddUserAvatar drops \"Users\".\"Avatar\": none of 3 rows has a value",
            set.Run("rollback", to: A).Succeeds().Lines);
        set.Execute("DELETE FROM \"Users\"");

        Assert.Contains("Rolling back AddUsers drops \"Users\": no rows", set.Run("rollback", to: "base").Succeeds().Lines);
    }

    [TestMethod]
    [DataRow(SqlDialect.PostgreSql)]
    [DataRow(SqlDialect.Sqlite)]
    public void An_up_migration_needs_an_approval_of_the_finding(SqlDialect dialect)
    {
        using var set = Deployed(Users(dialect)).Add(C, "ALTER TABLE \"Users\" DROP COLUMN \"Name\";\n", null);

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.DataLoss);
        Assert.StartsWith("Applying DropUserName drops \"Users\".\"Name\": 3 of 3 rows have a value. Nobody has accepted", error.Message);
        set.Accept(C, "MIG2101").Run("migrate").FailsWith(DiagnosticCodes.DataLoss);
        Assert.HasCount(2, set.History);

        var result = set.Accept(C, "MIG2102").Run("migrate").Succeeds();
        Assert.Contains("Applying DropUserName drops \"Users\".\"Name\": 3 of 3 rows have a value", result.Lines);
    }

    [TestMethod]
    public void A_search_path_that_a_migration_sets_is_no_way_around_it()
    {
        const string drop = "SET search_path = app;\nALTER TABLE \"Users\" DROP COLUMN \"Name\";\n";
        using var set = Users(SqlDialect.PostgreSql);
        set.Execute("CREATE SCHEMA app; CREATE TABLE app.\"Users\" (\"Name\" text); INSERT INTO app.\"Users\" VALUES ('x')");
        Deployed(set).Add(C, drop, null);

        Assert.Contains("it isn't known which \"Users\".\"Name\" is meant", set.Run("migrate").FailsWith(DiagnosticCodes.DataLoss).Message);
        set.Accept(C, "MIG2102").Run("migrate").Succeeds();
    }

    [TestMethod]
    [DataRow("DROP TABLE public.\"Users\";\n")]
    [DataRow("DROP TABLE \"Users\";\nDROP TABLE public.\"Users\";\n", DisplayName = "after another one")]
    public void The_rows_of_the_schema_public_are_counted_if_the_statement_names_it(string drop)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(
            A,
            "CREATE TABLE \"Users\" (\"Id\" integer);\nCREATE TABLE public.\"Users\" (\"Id\" integer);\n"
            + "INSERT INTO public.\"Users\" VALUES (1);\n",
            null);
        set.Execute("CREATE SCHEMA tenant");
        var connection = set.ConnectionString + ";Search Path=\"tenant,public\"";
        set.Run("migrate", request => request with { IsStrict = true }, connection).Succeeds();

        var error = set.Add(C, drop, null).Run("migrate", connection: connection).FailsWith(DiagnosticCodes.DataLoss);

        Assert.Contains("drops \"Users\": 1 row", error.Message);
    }

    [TestMethod]
    public void A_renamed_schema_is_no_way_around_it()
    {
        using var set = Deployed(Users(SqlDialect.PostgreSql)).Add(
            C, "ALTER SCHEMA public RENAME TO old;\nCREATE SCHEMA public;\nDROP TABLE old.\"Users\";\n", null);

        Assert.Contains("drops \"Users\": 3 rows", set.Run("migrate").FailsWith(DiagnosticCodes.DataLoss).Message);
    }

    [TestMethod]
    public void A_table_that_is_not_found_cannot_be_counted()
    {
        using var set = Users(SqlDialect.PostgreSql);
        set.Execute(
            "CREATE FUNCTION hide() RETURNS void LANGUAGE plpgsql AS "
            + "$$ BEGIN EXECUTE format('ALTER TABLE %I RENAME TO hidden', 'Users'); END $$");
        Deployed(set).Add(C, "SELECT hide();\nDROP TABLE IF EXISTS nothing;\nDROP TABLE hidden;\n", null);

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.DataLoss);

        Assert.Contains("drops hidden, and its rows can't be counted: there is no such table before the run", error.Message);
        Assert.DoesNotContain("nothing,", error.Message);
        set.Run("migrate", request => request with { AcceptLoss = "hidden" }).Succeeds();
    }

    [TestMethod]
    public void Or_the_call_names_it()
    {
        using var set = Deployed(Users(SqlDialect.PostgreSql)).Add(C, "ALTER TABLE \"Users\" DROP COLUMN \"Name\";\n", null);

        set.Run("migrate", request => request with { AcceptLoss = "public.Users.Name" }).Succeeds();
    }

    [TestMethod]
    public void A_new_database_loses_nothing()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(A, "CREATE TABLE t (a text, b text);\nINSERT INTO t VALUES ('1', '2');\n", null)
            .Add(C, "ALTER TABLE t DROP COLUMN a;\n", null);

        set.Run("migrate", request => request with { IsStrict = true }).Succeeds();
    }

    [TestMethod]
    public void Names_have_schemas_and_other_characters()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(
            A,
            "CREATE SCHEMA app;\nCREATE TABLE app.\"My users\" (\"a.b\" integer);\n",
            "ALTER TABLE app.\"My users\" DROP COLUMN \"a.b\";\nDROP SCHEMA app CASCADE;\n");
        Deployed(set).Run("migrate").Succeeds();
        set.Execute("INSERT INTO app.\"My users\" VALUES (1)");

        var error = set.Run("rollback", to: "base").FailsWith(DiagnosticCodes.DataLoss);

        Assert.Contains("drops app.\"My users\".\"a.b\": 1 of 1 row has a value. ", error.Message);
        Assert.Contains("may drop data, and it isn't known how much: DROP SCHEMA … CASCADE may drop tables and columns. ", error.Message);
        Assert.EndsWith($"-p:DbAcceptLoss='app.\"My users\".\"a.b\" {A}'", error.Message);
        set.Run("rollback", request => request with { To = "base", AcceptLoss = $"app.\"My users\".\"a.b\" {A}" }).Succeeds();
    }

    [TestMethod]
    public void Composed_SQL_is_refused_when_it_reverts()
    {
        const string block = "DO $$ BEGIN EXECUTE format('ALTER TABLE %I DISABLE TRIGGER ALL', 'Users'); END $$;\n";
        using var set = Deployed(Users(SqlDialect.PostgreSql)).Add(C, block, block);

        set.Run("migrate").Succeeds();

        var error = set.Run("rollback", to: "-1").FailsWith(DiagnosticCodes.DataLoss);
        Assert.Contains("it isn't known how much: EXECUTE runs dynamic SQL", error.Message);
        set.Run("rollback", request => request with { To = "-1", AcceptLoss = C }).Succeeds();
    }

    [TestMethod]
    public void Rows_that_cannot_be_counted_are_refused()
    {
        using var set = Deployed(Users(SqlDialect.PostgreSql));
        var hurry = new RunSettings { LockTimeout = TimeSpan.FromSeconds(0.1), Retries = 1 };
        using (new OpenTransaction(set, "LOCK TABLE \"Users\""))
        {
            set.Run("rollback", request => request with { To = A, Settings = hurry }).FailsWith(DiagnosticCodes.TimedOut);
        }

        set.Server.Execute("postgres", $"CREATE ROLE {set.Database} NOLOGIN");
        set.Execute(
            $"""
            GRANT CREATE, USAGE ON SCHEMA public TO {set.Database};
            ALTER TABLE "__EFMigrationsHistory" OWNER TO {set.Database};
            ALTER TABLE "__MigrationsBuildJournal" OWNER TO {set.Database};
            ALTER TABLE "Users" OWNER TO {set.Database};
            ALTER TABLE "Users" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
            """);
        var role = new RunSettings { Role = set.Database };
        var hidden = set.Run("rollback", request => request with { To = A, Settings = role }).FailsWith(DiagnosticCodes.DataLoss);
        Assert.Contains(
            "drops \"Users\".\"Avatar\", and its rows can't be counted: query would be affected by row-level security", hidden.Message);
        set.Run("rollback", request => request with { To = A, Settings = role, AcceptLoss = "Users.Avatar" }).Succeeds();
    }

    [TestMethod]
    public void A_huge_table_is_not_read_to_its_end()
    {
        using var set = Deployed(Users(SqlDialect.PostgreSql));
        set.Execute("INSERT INTO \"Users\" (\"Id\") SELECT n FROM generate_series(4, 1000010) AS n");
        Assert.Contains("at least 2 of more than 1,000,000 rows have a value", Refusal());
        set.Execute("UPDATE \"Users\" SET \"Avatar\" = NULL WHERE \"Id\" < 4");
        set.Execute("VACUUM FULL \"Users\"");
        set.Execute("INSERT INTO \"Users\" VALUES (0, '', 'a')");

        Assert.Contains("at least 1 of more than 1,000,000 rows has a value", Refusal());

        string Refusal() => set.Run("rollback", to: A).FailsWith(DiagnosticCodes.DataLoss).Message;
    }

    [TestMethod]
    public void A_rebuild_of_SQLite_loses_only_the_columns_that_it_omits()
    {
        const string rebuild =
            """
            CREATE TABLE "ef_temp_Users" ("Id" INTEGER NOT NULL PRIMARY KEY, "Name" TEXT NOT NULL);
            INSERT INTO "ef_temp_Users" ("Id", "Name") SELECT "Id", "Name" FROM "Users";
            -- outside a transaction
            PRAGMA foreign_keys = 0;
            DROP TABLE "Users";
            ALTER TABLE "ef_temp_Users" RENAME TO "Users";
            -- outside a transaction
            PRAGMA foreign_keys = 1;

            """;
        using var set = Deployed(Users(SqlDialect.Sqlite)).Add(B, "ALTER TABLE \"Users\" ADD \"Avatar\" TEXT;\n", rebuild);

        var error = set.Run("rollback", to: A).FailsWith(DiagnosticCodes.DataLoss);

        Assert.EndsWith("-p:DbAcceptLoss=Users.Avatar", error.Message);
        set.Run("rollback", request => request with { To = A, AcceptLoss = "Users.Avatar" }).Succeeds();
        Assert.AreEqual("3", set.Query("SELECT count(*) FROM \"Users\"").Single());
    }

    [TestMethod]
    public void The_deployed_runner_has_an_option_for_it()
    {
        using var set = Users(SqlDialect.PostgreSql);
        using var deployed = DeployedSet.Of(set);

        deployed.Run(deployed.Connection, "rollback", A).Fails(4, "MIG3047", "If the data may be lost: --accept-loss Users.Avatar");
        deployed.Run(deployed.Connection, "rollback", A, "--accept-loss", "Users.Avatar").Succeeds();
    }

    /// <summary>Three users on a development database, two of which have an avatar.</summary>
    private static MigrationSet Users(SqlDialect dialect)
    {
        var set = new MigrationSet(dialect)
            .Add(A, "CREATE TABLE \"Users\" (\"Id\" integer NOT NULL PRIMARY KEY, \"Name\" text);\n", "DROP TABLE \"Users\";\n")
            .Add(B, "ALTER TABLE \"Users\" ADD \"Avatar\" text;\n", "ALTER TABLE \"Users\" DROP COLUMN \"Avatar\";\n");
        set.Run("migrate").Succeeds();
        set.Execute("INSERT INTO \"Users\" VALUES (1, 'a', 'x'), (2, 'b', 'y'), (3, 'c', NULL)");
        return set;
    }

    /// <summary>The database belongs to deployments from now on.</summary>
    private static MigrationSet Deployed(MigrationSet set)
    {
        set.Run("migrate", request => request with { IsStrict = true }).Succeeds();
        return set;
    }

    private static string Losses(RunnerResult result) => string.Join("; ", result.Command.Output.Split('\n').Select(MessageLine.Parse)
        .Where(message => message.Name == RunnerMessages.Loss)
        .Select(message => $"{message["table"].Trim('"')}.{message.Find("column")} {message["rows"]} {message["values"]}"));
}
