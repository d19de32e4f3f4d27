using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

/// <summary>B13, B14, B20: SQLite files that only the application can find, open, or work on.</summary>
[TestClass]
public class SqliteFileTests
{
    private const string A = "20260101000000_A";

    [TestMethod]
    public void A_password_is_refused_with_an_alternative_and_no_file_is_left()
    {
        using var deployed = DeployedSet.WithoutDatabase(SqlDialect.Sqlite, A);
        var connection = deployed.Connection + ";Password=s3cret";

        foreach (var verb in new[] { "migrate", "current", "stamp" })
        {
            var error = deployed.Database.Run(verb, to: "head", connection: connection).FailsWith(DiagnosticCodes.UnreadableFile);
            Assert.Contains("has no encryption", error.Message);
            Assert.Contains("DbScript", error.Message);
        }

        var run = deployed.Run(connection, "migrate", "--force", "app.db");
        Assert.AreEqual(4, run.Command.ExitCode, run.Command.ToString());
        Assert.DoesNotContain("s3cret", run.Command.ToString());
        Assert.DoesNotContain("   at ", run.Command.ToString());
        Assert.IsFalse(deployed.DatabaseExists);
        deployed.Database.Run("script", to: "base:head", connection: connection).Succeeds();
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_file_that_is_read_only_gets_no_advice_for_servers(bool hasJournal)
    {
        using var set = new MigrationSet(SqlDialect.Sqlite);
        set.Execute("CREATE TABLE other (id)");
        if (hasJournal)
            set.Run("stamp", to: "base").Succeeds();
        set.AddTable("20260101000000_A");

        var error = set.Run("migrate", connection: set.ConnectionString + ";Mode=ReadOnly").FailsWith(DiagnosticCodes.NoPermission);

        Assert.Contains("app.db can't be written: ", error.Message);
        Assert.Contains("Make the file and its folder writable", error.Message);
        Assert.DoesNotContain("schema", error.Message);
        Assert.DoesNotContain("DbRole", error.Message);
    }

    [TestMethod]
    public void A_file_that_is_no_database_is_named_by_every_verb_and_is_left_as_it_is()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable(A);
        var bytes = new byte[8192];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(set.Folder["app.db"], bytes);

        foreach (var verb in new[] { "migrate", "current", "reset" })
        {
            var error = set.Run(verb).FailsWith(DiagnosticCodes.UnreadableFile);
            Assert.Contains(set.Folder["app.db"], error.Message);
            Assert.Contains("is not a database", error.Message);
        }

        CollectionAssert.AreEqual(bytes, File.ReadAllBytes(set.Folder["app.db"]));
    }

    [TestMethod]
    [DataRow("|DataDirectory|shop.db")]
    [DataRow("|datadirectory|/shop.db")]
    public void A_folder_that_only_the_application_s_process_knows_is_refused(string source)
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable(A);

        var error = set.Run("migrate", connection: $"Data Source={source}").FailsWith(DiagnosticCodes.NoConnection);

        Assert.Contains(source, error.Message);
        Assert.Contains("Data Source=/data/app.db", error.Message);
    }

    [TestMethod]
    [DataRow("CREATE TABLE t (name TEXT COLLATE UNI UNIQUE);\n", "no such collation sequence: UNI")]
    [DataRow("CREATE TABLE t (name TEXT);\nCREATE INDEX i ON t (plain(name));\n", "no such function: plain")]
    [DataRow("CREATE TABLE t (name TEXT DEFAULT (plain('x')));\nINSERT INTO t DEFAULT VALUES;\n", "unknown function: plain()")]
    [DataRow("CREATE VIRTUAL TABLE t USING spellfix1;\n", "no such module: spellfix1")]
    [DataRow("SELECT InitSpatialMetaData();\n", "no such function: InitSpatialMetaData")]
    public void An_object_that_the_application_registers_is_named_and_nothing_is_changed(string sql, string message)
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).Add(A, "CREATE TABLE first (id);\n" + sql, null);

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.NotRegistered);

        Assert.Contains(message, error.Message);
        Assert.Contains("the runner executes no code of the application", error.Message);
        Assert.Contains("Database.Migrate()", error.Message);
        Assert.IsGreaterThan(1, error.Location!.Line);
        Assert.IsEmpty(set.Tables);
    }
}
