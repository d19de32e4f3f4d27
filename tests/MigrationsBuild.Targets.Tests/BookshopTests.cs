using System.Text.RegularExpressions;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>
/// A project whose twelve migrations EF Core's own tool made, adopted by <c>DbApprove</c>. The oracle is EF Core: the application's own
/// <c>IMigrator</c>, on a database of its own, which is what <c>dotnet ef database update</c> runs.
/// </summary>
[TestClass]
public class BookshopTests
{
    private const string Sixth = "20260311081233_TrimTitles";
    private const string Eighth = "20260518090249_PriceInCurrencyUnits";
    private const string Irreversible = "20260402133722_ReviseSeeds";

    private static TestProject _project = null!;
    private static string _expectedSchema = null!;
    private static string _expectedRows = null!;

    private readonly string _database = PostgreSqlServer.NewName();

    private string Connection => PostgreSqlServer.Shared.ConnectionString(_database);

    [ClassInitialize]
    public static void Adopt(TestContext context)
    {
        _project = TestProject.CreateFrom("Bookshop", TestPackages.Npgsql);
        _project.Run("DbApprove");
        var database = PostgreSqlServer.NewName();
        _project.Execute(Bookshop(PostgreSqlServer.Shared.ConnectionString(database)), "migrate");
        _expectedSchema = PostgreSqlServer.Shared.Dump(database);
        _expectedRows = Rows(database);
        Drop(database);
    }

    [ClassCleanup]
    public static void Cleanup() => _project.Dispose();

    [TestCleanup]
    public void DropDatabase() => Drop(_database);

    [TestMethod]
    public void A_build_of_the_adopted_project_finds_nothing() =>
        Assert.IsEmpty(_project.Build(TestCode.Ci).Diagnostics);

    [TestMethod]
    public void The_statements_are_those_of_EF_Cores_script()
    {
        var script = _project.Execute(Bookshop(Connection), "script").Output;
        var own = string.Join("\n", Directory.GetFiles(_project.Folder["Migrations"], "*.sql")
            .Where(file => !file.EndsWith(".down.sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(File.ReadAllText));

        Assert.IsGreaterThan(1000, Statements(own).Length);
        Assert.AreEqual(Statements(script), Statements(own));
    }

    [TestMethod]
    public void An_empty_database_gets_the_schema_and_rows_that_EF_Core_gives_it()
    {
        Assert.Contains("12 migrations applied", Verb("DbMigrate"));

        AssertAsEfCoreLeavesIt();
        Assert.Contains("Nothing to apply", Verb("DbMigrate"));
    }

    [TestMethod]
    public void EF_Core_applies_half_and_we_the_rest()
    {
        _project.Execute(Bookshop(Connection), "migrate", Sixth);

        Assert.Contains("6 migrations applied", Verb("DbMigrate", "DbForce=" + _database));

        AssertAsEfCoreLeavesIt();
    }

    [TestMethod]
    public void We_apply_half_and_EF_Core_the_rest()
    {
        Assert.Contains("6 migrations applied", Verb("DbMigrate", "DbTo=TrimTitles"));

        _project.Execute(Bookshop(Connection), "migrate");

        AssertAsEfCoreLeavesIt();
        Assert.Contains("Nothing to apply", Verb("DbMigrate"));
    }

    [TestMethod]
    [DataRow(null, 12)]
    [DataRow(Eighth, 8)]
    public void A_database_that_EF_Core_migrated_is_adopted(string? target, int applied)
    {
        _project.Execute(Bookshop(Connection), target is null ? ["migrate"] : ["migrate", target]);

        var pending = 12 - applied;
        Assert.Contains(pending == 0 ? "(head)" : $"{pending} pending", Verb("DbCurrent"));
        Assert.Contains(pending == 0 ? "Nothing to apply" : $"{pending} migrations applied", Verb("DbMigrate"));

        AssertAsEfCoreLeavesIt();
    }

    [TestMethod]
    public void A_rollback_past_the_migration_whose_Down_throws_is_refused_before_it_starts()
    {
        Verb("DbMigrate");

        var result = _project.Build(Environment(), "-t:DbRollback", "-p:DbTo=base");

        var error = result.Ours.Single();
        Assert.AreEqual("MIG3006", error.Code, error.ToString());
        Assert.Contains(Irreversible, error.Text);
        AssertAsEfCoreLeavesIt();
    }

    [TestMethod]
    public void The_migrations_of_EF_Cores_tool_are_verified_and_a_change_by_hand_is_a_difference()
    {
        var verified = Verb("DbVerify");

        Assert.Contains("12 migrations verified", verified);
        Assert.DoesNotContain("MIG2306", verified, "The measured locks are those that the SQL shows.");
        Assert.Contains($"{Irreversible}  applied; it can't be reverted", verified);
        Verb("DbMigrate");
        Assert.Contains("No difference; at ", Verb("DbDiff"));
        PostgreSqlServer.Shared.Execute(_database, "CREATE TABLE by_hand (id integer); CREATE INDEX by_night ON by_hand (id)");
        var error = _project.Build(Environment(), "-t:DbDiff").Ours.Single();
        Assert.AreEqual("MIG3035", error.Code);
        Assert.Contains("has 1 difference from its migrations", error.Text);
        Assert.Contains("additional table public.by_hand", error.Text);
    }

    [TestMethod]
    public void The_schema_file_creates_the_schema_that_EF_Core_gives_a_database()
    {
        // Of its own, because other tests read the folder of migrations.
        using var project = TestProject.CreateFrom("Bookshop", TestPackages.Npgsql);
        project.RunOn(Connection, "DbApprove", "DbSchemaFile=true");

        var file = Directory.GetFiles(project.Folder["Migrations"], "*.schema.sql").Single();
        PostgreSqlServer.Shared.Execute("postgres", $"CREATE DATABASE {_database}");
        var result = PostgreSqlServer.Shared.Psql("psql", _database, ["-v", "ON_ERROR_STOP=1", "-f", file]);
        Assert.AreEqual(0, result.ExitCode, result.ToString());
        string[] schema = ["--schema-only", "--no-privileges", "--exclude-table=*.\"__EFMigrationsHistory\""];
        var created = PostgreSqlServer.Shared.Dump(_database, schema);
        Drop(_database);
        project.RunOn(Connection, "DbMigrate");
        Assert.AreEqual(PostgreSqlServer.Shared.Dump(_database, schema), created);
        Assert.IsEmpty(project.Build(TestCode.Ci, "-p:DbSchemaFile=true").Diagnostics);
        File.AppendAllText(file, "-- edited\n");
        var error = project.Build(TestCode.Ci, "-p:DbSchemaFile=true").Ours.Single();
        Assert.AreEqual("MIG1029", error.Code);
        File.Delete(file);
    }

    [TestMethod]
    public void A_squash_of_rows_that_were_changed_by_hand_is_refused_and_writes_nothing()
    {
        var before = _project.Folder.Sources();

        var result = _project.Build(Environment(), "-t:DbSquash", "-p:DbTo=AuditTrail");

        var error = result.Ours.Single();
        Assert.AreEqual("MIG3043", error.Code, result.ToString());
        Assert.Contains("different rows public.\"Books\"", error.Text);
        CollectionAssert.AreEqual(before.ToArray(), _project.Folder.Sources().ToArray());
    }

    [TestMethod]
    public void Down_and_up_again_gives_the_same_schema()
    {
        Verb("DbMigrate");

        Assert.Contains("5 migrations reverted", Verb("DbRollback", "DbTo=ReviseSeeds"));
        Assert.Contains("5 migrations applied", Verb("DbMigrate"));

        // Columns that come back come last; EF Core does the same.
        var database = PostgreSqlServer.NewName();
        var connection = PostgreSqlServer.Shared.ConnectionString(database);
        _project.Execute(Bookshop(connection), "migrate");
        _project.Execute(Bookshop(connection), "migrate", Irreversible);
        _project.Execute(Bookshop(connection), "migrate");
        Assert.AreEqual(PostgreSqlServer.Shared.Dump(database), PostgreSqlServer.Shared.Dump(_database));
        Drop(database);
    }

    private string Verb(string target, params string[] properties) => _project.RunOn(Connection, target, properties).Output;

    private Dictionary<string, string?> Environment() => new() { ["MIGRATIONS_CONNECTION"] = Connection };

    private static Dictionary<string, string?> Bookshop(string connection) => new() { ["BOOKSHOP_CONNECTION"] = connection };

    private void AssertAsEfCoreLeavesIt()
    {
        Assert.AreEqual(_expectedSchema, PostgreSqlServer.Shared.Dump(_database));
        Assert.AreEqual(_expectedRows, Rows(_database));
    }

    private static string Rows(string database) => PostgreSqlServer.Shared.Dump(database, "--data-only", "--inserts");

    /// <summary>The pieces of a script that mean something, one a line, without the script's own transactions and history rows.</summary>
    private static string Statements(string script)
    {
        const string ownStatement = """
            (?mx)^(
              START\ TRANSACTION;
              | COMMIT;
              | CREATE\ TABLE\ IF\ NOT\ EXISTS\ "__EFMigrationsHistory"\ \([^;]+;
              | INSERT\ INTO\ "__EFMigrationsHistory"\ [^;]+;
            )
            """;
        var sql = Regex.Replace(script, ownStatement, "");
        return string.Join("\n", SqlLexer.Tokenize(sql.TrimStart('\uFEFF'), SqlDialect.PostgreSql)
            .Where(token => token.Kind is not (SqlTokenKind.Space or SqlTokenKind.LineComment or SqlTokenKind.BlockComment))
            .Select(token => WithPlainCarriageReturns(token.In(sql)))
            .Where(piece => piece != ";"));
    }

    /// <summary>We write a carriage return in a literal as an escape, because git may change a plain one.</summary>
    private static string WithPlainCarriageReturns(string piece) =>
        piece.StartsWith("E'", StringComparison.Ordinal) && piece.Contains("\\r", StringComparison.Ordinal)
            ? piece[1..].Replace("\\r", "\r", StringComparison.Ordinal).Replace(@"\\", @"\", StringComparison.Ordinal)
            : piece;

    private static void Drop(string database) =>
        PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
}
