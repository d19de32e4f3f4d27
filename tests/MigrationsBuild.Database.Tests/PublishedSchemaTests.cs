using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;
using Npgsql;

namespace MigrationsBuild.Database.Tests;

/// <summary>A deployed runner that compares a database with the objects that were published, without a scratch database.</summary>
[TestClass]
public sealed class PublishedSchemaTests : IDisposable
{
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";
    private const string SchemaFile = "ShopContext.schema";

    private readonly string _role = PostgreSqlServer.NewName();
    private readonly MigrationSet _set = new MigrationSet(SqlDialect.PostgreSql)
        .Add(
            A,
            """
            CREATE TABLE orders (id integer PRIMARY KEY, code text DEFAULT E'a\tb');
            CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql AS $$
                SELECT 2 * n
            $$;

            """,
            null)
        .Add(B, "DROP FUNCTION twice(integer);\nCREATE INDEX codes ON orders (code);\n", null);

    private readonly DeployedSet _deployed;

    public PublishedSchemaTests()
    {
        _deployed = DeployedSet.Of(_set);
        _set.Run("expected-schema", request => request with { OutputPath = _deployed.Folder[SchemaFile] }).Succeeds();
        _set.Run("migrate", to: A).Succeeds();
        _set.Execute(
            $"CREATE ROLE {_role} LOGIN PASSWORD 'x'; "
            + $"GRANT SELECT ON \"__EFMigrationsHistory\", \"__MigrationsBuildJournal\" TO {_role}");
    }

    public void Dispose()
    {
        _set.Execute($"DROP OWNED BY {_role}; DROP ROLE {_role}");
        _deployed.Dispose();
        _set.Dispose();
    }

    [TestMethod]
    public void A_database_is_compared_at_the_revision_that_it_has()
    {
        Check().Fails(1, "MIG3020", "1 pending");
        _set.Execute("CREATE INDEX by_night ON orders (id); ALTER TABLE orders ALTER COLUMN code SET DEFAULT 'b'");

        var differs = Check();

        differs.Fails(4, "MIG3035", "different column public.orders.code");
        StringAssert.Contains(differs.Command.Error, "additional index public.by_night");
        StringAssert.Contains(differs.Command.Output, "CREATE INDEX by_night ON public.orders USING btree (id)");
        _set.Execute("DROP INDEX by_night; ALTER TABLE orders ALTER COLUMN code SET DEFAULT E'a\\tb'");
        _set.Run("migrate").Succeeds();
        var equal = Check();
        equal.Succeeds();
        StringAssert.Contains(equal.Command.Output, $"Nothing is pending, and no object differs; at {B}");
    }

    [TestMethod]
    public void The_drift_gate_needs_no_scratch_database()
    {
        var environment = DeployedSet.Environment(_set.ConnectionString);
        environment["MIGRATIONS_SCRATCH_CONNECTION"] = "Host=127.0.0.1;Port=1;Username=nobody";
        DeployedResult Migrate() => DeployedResult.Of(Dotnet.Run(
            _deployed.Folder.Path, ["MigrationsBuild.Runner.dll", "migrate", "--gate", "drift"], environment));
        _set.Execute("CREATE TABLE by_night (id integer)");
        Migrate().Fails(4, "MIG3035", "additional table public.by_night, so nothing is applied.");
        _set.Execute("DROP TABLE by_night");

        Migrate().Succeeds();
    }

    [TestMethod]
    public void A_file_of_another_server_version_is_named()
    {
        _deployed.Folder.Replace(SchemaFile, "product=PostgreSQL ", "product=PostgreSQL 1");
        _set.Run("migrate").Succeeds();

        var result = Check();

        result.Succeeds();
        StringAssert.Contains(result.Command.Output, "The expected objects are those of PostgreSQL 1");
    }

    [TestMethod]
    [DataRow("cut off", "The file is incomplete.")]
    [DataRow("other SQL", "The file is about other migrations.")]
    [DataRow("empty", "The file has another format.")]
    public void A_file_that_isnt_of_these_migrations_is_refused(string change, string why)
    {
        var text = _deployed.Folder.Read(SchemaFile);
        _deployed.Folder.Write(SchemaFile, change switch
        {
            "cut off" => text[..text.TrimEnd('\n').LastIndexOf('\n')],
            "empty" => "",
            _ => text.Replace("hash=", "hash=0", StringComparison.Ordinal),
        });

        Check().Fails(4, DiagnosticCodes.Tampered.Id, why);
    }

    [TestMethod]
    public void Without_the_file_a_scratch_database_is_needed()
    {
        File.Delete(_deployed.Folder[SchemaFile]);

        Check().Fails(4, "MIG3036", "MIGRATIONS_SCRATCH_CONNECTION");
    }

    private string AsRole => new NpgsqlConnectionStringBuilder(_set.ConnectionString) { Username = _role, Password = "x" }.ConnectionString;

    private DeployedResult Check() => _deployed.Run(AsRole, "check", "--schema");
}
