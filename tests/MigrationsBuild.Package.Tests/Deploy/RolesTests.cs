using MigrationsBuild.Testing;
using MigrationsBuild.Vocabulary;
using Npgsql;

namespace MigrationsBuild.Package.Tests.Deploy;

/// <summary>The roles of <c>docs/deploy.md</c>: what each may do, and what not.</summary>
[TestClass]
public sealed class RolesTests : OneAtATime, IDisposable
{
    private const string Password = "p";
    private readonly DeployDatabase _database = new();

    private string Owner => _database.Name + "_owner";

    private string Migrator => _database.ConnectionStringOf(_database.Name + "_migrator", Password);

    private string Application => _database.ConnectionStringOf(_database.Name + "_app", Password);

    /// <summary>An administrator as managed servers have them: no superuser.</summary>
    [TestInitialize]
    public void Create()
    {
        var administrator = _database.Name + "_administrator";
        PostgreSqlServer.Shared.Execute("postgres", $"CREATE ROLE {administrator} LOGIN CREATEROLE CREATEDB PASSWORD '{Password}'");
        Psql("roles.sql", _database.ConnectionStringOf(administrator, Password, "postgres"));
    }

    public void Dispose() => _database.Dispose();

    [TestMethod]
    public void The_migrator_makes_what_belongs_to_the_owner_and_can_do_nothing_without_that_role()
    {
        var alone = Migrate(Migrator);
        Assert.AreEqual(ExitCodes.Final, alone.ExitCode, alone.ToString());
        Refuses(Migrator, "CREATE TABLE public.x (i integer)", "CREATE SCHEMA s");
        Assert.IsEmpty(_database.Query("SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace"));

        Succeeds(Migrate(Migrator, "--role", Owner));

        AssertOwnerHasEverything();
        Refuses(Migrator, "SELECT * FROM public.\"Users\"", "ALTER TABLE public.\"Users\" ADD x integer");
    }

    [TestMethod]
    public void The_application_reads_and_writes_rows_and_nothing_else()
    {
        Succeeds(Migrate(Migrator, "--role", Owner));
        Refuses(Application, "SELECT * FROM \"__MigrationsBuildJournal\"", "DELETE FROM \"__MigrationsBuildJournal\"");
        Psql("after-first-migration.sql", Migrator);

        Execute(
            Application,
            "INSERT INTO \"Users\" (\"Name\") VALUES ('a'), ('b')",
            "UPDATE \"Users\" SET \"Avatar\" = 'x'",
            "SELECT * FROM \"Users\"",
            "DELETE FROM \"Users\"",
            "SELECT * FROM \"__EFMigrationsHistory\"");
        Refuses(
            Application,
            "CREATE TABLE x (i integer)",
            "CREATE SCHEMA s",
            "CREATE TEMP TABLE x (i integer)",
            "ALTER TABLE \"Users\" ADD x integer",
            "DROP TABLE \"Users\"",
            "TRUNCATE \"Users\"",
            "SELECT * FROM \"__MigrationsBuildJournal\"",
            "DELETE FROM \"__MigrationsBuildJournal\"",
            "DELETE FROM \"__EFMigrationsHistory\"",
            $"SET ROLE {Owner}");
        Succeeds(Run(Migrator, "rollback", "base", "--role", Owner, "--force", _database.Name));
        Succeeds(Migrate(Migrator, "--role", Owner));
        Execute(Application, "INSERT INTO \"Users\" (\"Name\") VALUES ('a')");
        Refuses(Application, "SELECT * FROM \"__MigrationsBuildJournal\"");
    }

    [TestMethod]
    public void The_script_runs_by_psql_as_the_owner_and_a_second_time()
    {
        Assert.AreEqual("", string.Join("", Enumerable.Range(0, 2).Select(_ => RunScript())));

        AssertOwnerHasEverything();
        Assert.HasCount(2, _database.Query("SELECT 1 FROM \"__EFMigrationsHistory\""));
        Execute(Application, "INSERT INTO \"Users\" (\"Name\") VALUES ('a')");
    }

    private string RunScript()
    {
        var result = ShopRepository.Shared.Run("", "bash", ["-e", "-c", Named("script")], DeployDatabase.Variables(Migrator));
        return result.ExitCode == 0 ? "" : result.ToString();
    }

    /// <summary>A file with this test's own names of database and roles.</summary>
    private string Named(string file) => DeployDocument.Text(file).Replace("shop", _database.Name, StringComparison.Ordinal);

    private void Psql(string file, string connectionString)
    {
        using var folder = new TestFolder("sql");
        folder.Write(file, Named(file));
        Dictionary<string, string?> passwords = new() { ["SHOP_MIGRATOR_PASSWORD"] = Password, ["SHOP_APP_PASSWORD"] = Password };
        var result = CommandLine.Run(
            folder.Path,
            "psql",
            ["-v", "ON_ERROR_STOP=1", "-f", file],
            DeployDatabase.Variables(connectionString).Concat(passwords).ToDictionary());
        Assert.AreEqual(0, result.ExitCode, result.ToString());
    }

    private void AssertOwnerHasEverything()
    {
        const string owners =
            "SELECT DISTINCT pg_get_userbyid(relowner)::text FROM pg_class WHERE relnamespace = 'public'::regnamespace";
        CollectionAssert.AreEqual(new[] { Owner }, _database.Query(owners).ToArray());
    }

    private static CommandResult Migrate(string connectionString, params string[] options) =>
        Run(connectionString, ["migrate", .. options]);

    private static CommandResult Run(string connectionString, params string[] arguments) => ShopRepository.Shared.Run(
        ShopRepository.Shared.Published,
        "dotnet",
        ["migrations/MigrationsBuild.Runner.dll", .. arguments],
        [new("MIGRATIONS_CONNECTION", connectionString)]);

    private static void Succeeds(CommandResult result) => Assert.AreEqual(ExitCodes.Done, result.ExitCode, result.ToString());

    private static void Execute(string connectionString, params string[] statements)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        foreach (var statement in statements)
        {
            using var command = new NpgsqlCommand(statement, connection);
            command.ExecuteNonQuery();
        }
    }

    private static void Refuses(string connectionString, params string[] statements)
    {
        foreach (var statement in statements)
            Assert.AreEqual(
                PostgresErrorCodes.InsufficientPrivilege,
                Assert.ThrowsExactly<PostgresException>(() => Execute(connectionString, statement), statement).SqlState,
                statement);
    }
}
