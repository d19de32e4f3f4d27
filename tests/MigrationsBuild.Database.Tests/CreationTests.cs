using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;
using Npgsql;

namespace MigrationsBuild.Database.Tests;

/// <summary>
/// How a missing PostgreSQL database is created: as EF Core's provider creates it, or with a message that says what is missing.
/// </summary>
[TestClass]
public class CreationTests
{
    private const string A = "20260101000000_A";

    [TestMethod]
    public void The_model_s_template_collation_and_tablespace_are_used_again_by_a_reset()
    {
        var template = PostgreSqlServer.NewName();
        var creation = new DatabaseCreation(Template: template, Collation: "C", Tablespace: "pg_default");
        using var set = new MigrationSet(SqlDialect.PostgreSql) { Creation = creation }
            .Add(A, "CREATE VIEW lands AS SELECT code FROM ref.country;\n", "DROP VIEW lands;\n");
        set.Server.Execute("postgres", $"CREATE DATABASE {template} TEMPLATE template0");
        set.Server.Execute(
            template, "CREATE SCHEMA ref; CREATE TABLE ref.country (code text PRIMARY KEY); INSERT INTO ref.country VALUES ('CH')");

        set.Run("migrate").Succeeds();
        CollectionAssert.AreEqual(new[] { "CH" }, set.Query("SELECT * FROM lands").ToArray());
        set.Run("reset", force: set.Database).Succeeds();

        CollectionAssert.AreEqual(
            new[] { "CH|C" },
            set.Query("SELECT code, (SELECT datcollate FROM pg_database WHERE datname = current_database()) FROM lands").ToArray());
        set.Server.Execute("postgres", $"DROP DATABASE {template}");
    }

    [TestMethod]
    public void A_collation_other_than_the_template_s_needs_no_template_to_be_named()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql) { Creation = new DatabaseCreation(Collation: "C.UTF-8") }.AddTable(A);

        set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(
            new[] { "C.UTF-8" }, set.Query("SELECT datcollate FROM pg_database WHERE datname = current_database()").ToArray());
    }

    [TestMethod]
    public void An_object_that_the_server_lacks_is_named_with_the_statement_and_a_retry_is_useless()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql) { Creation = new DatabaseCreation(Template: "nothing") }.AddTable(A);

        Assert.Contains(
            $"CREATE DATABASE \"{set.Database}\" TEMPLATE \"nothing\"", set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed).Message);
    }

    /// <summary>B09: hosted and hardened servers.</summary>
    [TestMethod]
    public void A_server_without_the_database_postgres_has_another_one()
    {
        using var server = PostgreSqlServer.StartOwn();
        server.Execute("template1", "CREATE DATABASE admin");
        server.Execute("admin", "DROP DATABASE postgres");
        using var configured = new MigrationSet(SqlDialect.PostgreSql) { Server = server, Creation = new DatabaseCreation("admin") }
            .AddTable(A);
        using var plain = new MigrationSet(SqlDialect.PostgreSql) { Server = server }.AddTable(A);

        foreach (var set in new[] { configured, plain })
        {
            Assert.Contains($"Created {set.Database}", set.Run("migrate").Succeeds().Lines);
            set.Run("reset", force: set.Database).Succeeds();
        }

        server.Execute("admin", "CREATE DATABASE postgres");
    }

    [TestMethod]
    public void Without_a_database_to_connect_to_the_message_names_the_missing_setting()
    {
        using var server = PostgreSqlServer.StartOwn();
        server.Execute(
            "postgres",
            "CREATE ROLE dev LOGIN CREATEDB PASSWORD 'p'; REVOKE CONNECT ON DATABASE postgres FROM PUBLIC; "
            + "REVOKE CONNECT ON DATABASE template1 FROM PUBLIC");
        using var set = new MigrationSet(SqlDialect.PostgreSql) { Server = server }.AddTable(A);
        var connection = new NpgsqlConnectionStringBuilder(set.ConnectionString) { Username = "dev", Password = "p" }.ConnectionString;

        var error = set.Run("migrate", connection: connection).FailsWith(DiagnosticCodes.NoPermission);

        Assert.Contains("permission denied for database \"postgres\"", error.Message);
        Assert.Contains("UseAdminDatabase", error.Message);
        Assert.Contains($"CREATE DATABASE \"{set.Database}\"", error.Message);
    }
}
