using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;
using Npgsql;

namespace MigrationsBuild.Database.Tests;

/// <summary>Whatever a driver throws has a code of ours, and the exit code says whether to try again helps.</summary>
[TestClass]
public class DriverFailureTests
{
    [TestMethod]
    [DataRow("Username=me;Database=shop", "no Host")]
    [DataRow("Host=;Username=me;Database=shop", "no Host")]
    [DataRow("Host=127.0.0.1;SSL Mode=Nonsense", "the value of Ssl Mode")]
    [DataRow("Host=127.0.0.1;Port=many", "the value of Port")]
    [DataRow("Host=127.0.0.1;Timeout=99999999", "the value of Timeout")]
    [DataRow("Host=127.0.0.1;hush-hush", "Its form is that of ADO.NET")]
    [DataRow("Host=127.0.0.1;hush-hush=1", "a keyword that this provider doesn't know")]
    public void A_connection_string_that_cannot_be_understood_is_named_by_the_keyword(string connection, string piece)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");

        var result = set.Run("migrate", connection: "Password=hush-hush;" + connection);

        Assert.Contains(piece, result.FailsWith(DiagnosticCodes.NoConnection).Message);
        Assert.DoesNotContain("hush-hush", result.Command.Output + result.Command.Error);
    }

    [TestMethod]
    [DataRow("SSL Mode=Require", "SSL connection requested")]
    [DataRow("SSL Mode=Disable;SSL Negotiation=Direct", "direct SSL Negotiation")]
    [DataRow("Gss Encryption Mode=Require", "GSS")]
    [DataRow("Channel Binding=Require", "ChannelBinding")]
    [DataRow("Require Auth=MD5", "authentication method")]
    [DataRow("Encoding=nonsense", "nonsense")]
    [DataRow("Host=127.0.0.1:many", "many")]
    [DataRow("Client Encoding=nonsense", "[22023]")]
    [DataRow("Options=-c statement_timeout=nonsense", "[22023]")]
    [DataRow("Options=-c nonsense=1", "[42704]")]
    public void Settings_that_the_driver_or_the_server_refuses_are_not_retried(string settings, string piece)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");

        var error = set.Run("migrate", connection: $"{set.ConnectionString};{settings}").FailsWith(DiagnosticCodes.SettingsRefused);

        Assert.Contains(piece, error.Message);
    }

    [TestMethod]
    [DataRow("Multiplexing=true")]
    [DataRow("Minimum Pool Size=7;Maximum Pool Size=5;No Reset On Close=true;Max Auto Prepare=10;Load Balance Hosts=true")]
    public void Settings_of_the_applications_pool_make_no_difference(string settings)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");

        set.Run("migrate", connection: $"{set.ConnectionString};{settings}").Succeeds();
    }

    [TestMethod]
    [DataRow("57P01")]
    [DataRow("57P04")]
    [DataRow("57P05")]
    [DataRow("25P03")]
    [DataRow("25P04")]
    public void A_session_that_the_server_ends_is_a_lost_connection(string state)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add("20260101000000_A", $"DO $$ BEGIN RAISE EXCEPTION 'the end' USING ERRCODE = '{state}'; END $$;\n", null);

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.Unreachable);

        Assert.StartsWith("The connection was lost in 20260101000000_A: the end", error.Message);
    }

    /// <summary>57P05 in earnest: the session ends while the run rests before it tries again.</summary>
    [TestMethod]
    public void An_idle_session_that_the_server_ends_is_a_lost_connection()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");
        set.Run("migrate").Succeeds();
        set.Add("20260102000000_B", "DROP TABLE \"A\";\n", null);
        set.Execute($"ALTER DATABASE {set.Database} SET idle_session_timeout = '1500ms'");
        using var lunch = new OpenTransaction(set, "SET idle_session_timeout = 0; LOCK TABLE \"A\" IN ACCESS SHARE MODE");

        RunSettings settings = new() { LockTimeout = TimeSpan.FromSeconds(0.1), RetryDelay = TimeSpan.FromSeconds(5) };

        var error = set.Run("migrate", request => request with { Settings = settings }).FailsWith(DiagnosticCodes.Unreachable);

        Assert.StartsWith("The connection was lost in 20260102000000_B", error.Message);
    }

    [TestMethod]
    [DataRow("COPY \"B\" FROM STDIN;\n", "FROM STDIN")]
    [DataRow("COPY \"B\" TO STDOUT;\n", "TO STDOUT")]
    [DataRow("-- outside a transaction\nCOPY (SELECT 1) TO stdout (FORMAT csv);\n", "TO STDOUT")]
    public void Data_that_only_psql_sends_or_takes_is_refused_before_anything_runs(string copy, string piece)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A")
            .Add("20260102000000_B", "CREATE TABLE \"B\" (\"Id\" integer);\n" + copy, null);

        var result = set.Run("migrate");

        Assert.AreEqual(4, result.Command.ExitCode);
        Assert.AreEqual(DiagnosticCodes.NotEmittable, result.Diagnostics.Single().Code);
        Assert.Contains(piece, result.Diagnostics.Single().Message);
        Assert.IsFalse(set.DatabaseExists);
    }

    [TestMethod]
    public void A_login_that_the_connection_string_cant_satisfy_is_not_retried()
    {
        using var server = PostgreSqlServer.StartOwn();
        server.Execute("postgres", "CREATE ROLE kerberos LOGIN; CREATE ROLE tls LOGIN PASSWORD 'tls'");
        server.Execute("postgres", "CREATE ROLE stranger LOGIN PASSWORD 'stranger'");
        server.Execute("postgres", "CREATE DATABASE shop");
        server.Execute("postgres", "REVOKE CONNECT ON DATABASE shop FROM PUBLIC");
        server.Execute("postgres", """
            COPY (SELECT unnest(ARRAY[
                'host all kerberos 127.0.0.1/32 gss', 'hostssl all tls 127.0.0.1/32 scram-sha-256',
                'host all postgres 127.0.0.1/32 scram-sha-256', 'host all stranger 127.0.0.1/32 scram-sha-256']))
            TO PROGRAM 'cat > pg_hba.conf'
            """);
        server.Execute("postgres", "SELECT pg_reload_conf()");
        using var set = new MigrationSet(SqlDialect.PostgreSql) { Server = server }.AddTable("20260101000000_A");
        RunnerResult As(string user, string more = "") => set.Run(
            "migrate",
            connection: new NpgsqlConnectionStringBuilder(server.ConnectionString("shop"))
            {
                Username = user,
                Password = user,
            } + more);

        Eventually.Holds(() => As("kerberos").Diagnostics[0].Message.Contains("GSS", StringComparison.Ordinal));
        As("kerberos").FailsWith(DiagnosticCodes.SettingsRefused);
        Assert.Contains("Set SSL Mode=Require", As("tls", ";SSL Mode=Disable").FailsWith(DiagnosticCodes.SettingsRefused).Message);
        Assert.Contains("CONNECT on the database shop", As("stranger").FailsWith(DiagnosticCodes.NoPermission).Message);
    }

    [TestMethod]
    public void A_full_disk_may_have_room_later()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).Add(
            "20260101000000_A",
            "-- outside a transaction\nPRAGMA max_page_count = 20;\nCREATE TABLE \"A\" (\"Data\" BLOB);\n"
            + "INSERT INTO \"A\" VALUES (zeroblob(1000000));\n",
            null);

        set.Run("migrate").FailsWith(DiagnosticCodes.SqlFailed, exitCode: 1);
    }

    [TestMethod]
    public void A_mistake_of_ours_shows_no_stack_trace()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");

        var result = set.Run("nonsense");

        result.FailsWith(DiagnosticCodes.Internal);
        Assert.AreEqual("", result.Command.Error);
    }
}
