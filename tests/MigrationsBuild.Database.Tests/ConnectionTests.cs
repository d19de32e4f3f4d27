using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;
using Npgsql;

namespace MigrationsBuild.Database.Tests;

[TestClass]
public class ConnectionTests
{
    [TestMethod]
    public void A_server_that_isnt_there_is_named()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");

        var error = set.Run("migrate", connection: "Host=127.0.0.1;Port=1;Username=me;Password=hush-hush;Database=shop")
            .FailsWith(DiagnosticCodes.Unreachable);

        Assert.Contains("database shop on 127.0.0.1:1 as me", error.Message);
    }

    [TestMethod]
    public void A_wrong_password_is_refused_and_not_shown()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");
        var wrong = new NpgsqlConnectionStringBuilder(set.ConnectionString) { Password = "hush-hush" };

        var result = set.Run("migrate", connection: wrong.ConnectionString);

        result.FailsWith(DiagnosticCodes.LoginFailed);
        Assert.DoesNotContain("hush-hush", result.Command.Output + result.Command.Error);
    }

    [TestMethod]
    public void A_missing_password_is_named()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");
        var without = new NpgsqlConnectionStringBuilder(set.ConnectionString) { Password = null };

        set.Run("migrate", connection: without.ConnectionString).FailsWith(DiagnosticCodes.LoginFailed);
    }

    [TestMethod]
    [DataRow("this is no connection string")]
    [DataRow("Host=127.0.0.1;Password=hush-hush;Nonsense=1")]
    public void A_malformed_connection_string_is_not_quoted(string connection)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");

        var result = set.Run("migrate", connection: connection);

        result.FailsWith(DiagnosticCodes.NoConnection);
        Assert.DoesNotContain("hush-hush", result.Command.Output + result.Command.Error);
    }

    [TestMethod]
    public void A_user_who_may_not_create_the_database_gets_the_command_for_an_administrator()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");

        var error = set.Run("migrate", connection: AsPoorUser(set)).FailsWith(DiagnosticCodes.NoPermission);

        Assert.Contains($"CREATE DATABASE \"{set.Database}\" OWNER", error.Message);
    }

    [TestMethod]
    public void A_user_who_may_not_create_tables_gets_a_diagnostic()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");
        set.Execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");

        set.Run("migrate", connection: AsPoorUser(set)).FailsWith(DiagnosticCodes.NoPermission);

        Assert.IsEmpty(set.Tables);
    }

    [TestMethod]
    public void The_first_line_names_the_database_and_the_user()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");
        var settings = new NpgsqlConnectionStringBuilder(set.ConnectionString);

        var result = set.Run("migrate").Succeeds();

        Assert.AreEqual($"ShopContext: database {set.Database} on 127.0.0.1:{settings.Port} as postgres (from the test)", result.Lines[0]);
        Assert.DoesNotContain(PostgreSqlServer.Shared.Secret, result.Command.Output + result.Command.Error);
    }

    [TestMethod]
    public void A_file_that_a_variable_names_holds_the_connection_string()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");
        set.Folder.Write("secret", set.ConnectionString + "\n");

        var result = set.RunProcess(
            "migrate",
            request => request with { ConnectionVariable = "TEST_CONNECTION_FILE" },
            new Dictionary<string, string?> { ["TEST_CONNECTION_FILE"] = set.Folder["secret"] });

        result.Succeeds();
    }

    [TestMethod]
    [DataRow("Data Source=:memory:")]
    [DataRow("Data Source=app.db;Mode=Memory")]
    [DataRow("Data Source=file::memory:?cache=shared")]
    [DataRow("Data Source=file:app.db?cache=shared&mode=memory")]
    [DataRow("Data Source=file:/app.db?vfs=memdb")]
    public void A_database_in_memory_makes_no_sense(string connection)
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable("20260101000000_A");

        set.Run("migrate", connection: connection).FailsWith(DiagnosticCodes.NoConnection);
    }

    [TestMethod]
    public void A_folder_that_isnt_there_is_named()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable("20260101000000_A");

        Assert.Contains(
            "nowhere", set.Run("migrate", connection: "Data Source=nowhere/app.db").FailsWith(DiagnosticCodes.Unreachable).Message);
    }

    private static string AsPoorUser(MigrationSet set)
    {
        var name = PostgreSqlServer.NewName();
        PostgreSqlServer.Shared.Execute("postgres", $"CREATE ROLE {name} LOGIN PASSWORD 'poor'");
        return new NpgsqlConnectionStringBuilder(set.ConnectionString) { Username = name, Password = "poor" }.ConnectionString;
    }
}
