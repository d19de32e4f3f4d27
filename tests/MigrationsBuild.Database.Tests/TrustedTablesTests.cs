using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using Npgsql;

namespace MigrationsBuild.Database.Tests;

/// <summary>A history or journal that another role has made beforehand, or has attached code to, is not used.</summary>
[TestClass]
public class TrustedTablesTests
{
    private const string A = "20260101000000_A";
    private const string History = "CREATE TABLE \"__EFMigrationsHistory\" (\"MigrationId\" varchar(150) PRIMARY KEY, "
        + "\"ProductVersion\" varchar(32) NOT NULL);";

    private const string Journal =
        "CREATE TABLE \"__MigrationsBuildJournal\" (\"Id\" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, \"Context\" text, "
        + "\"MigrationId\" text, \"Action\" text, \"Hash\" text, \"DownSql\" text, \"Statements\" integer, \"At\" timestamptz, "
        + "\"By\" text, \"Milliseconds\" bigint);";

    private const string Attack =
        "CREATE FUNCTION attack() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'ALTER ROLE ' || quote_ident(TG_ARGV[0]) || ' "
        + "SUPERUSER'; RETURN NEW; END $$;";

    [TestMethod]
    [DataRow("__EFMigrationsHistory", History)]
    [DataRow("__MigrationsBuildJournal", Journal)]
    public void Another_roles_table_is_refused_before_anything_is_written(string table, string create)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(A);
        using var hostile = new Role(set, "CREATE, USAGE ON SCHEMA public");
        hostile.Execute(
            $"{create}{Attack}CREATE TRIGGER t BEFORE INSERT ON \"{table}\" FOR EACH ROW EXECUTE FUNCTION attack('{hostile.Name}')");

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.UntrustedTable);

        Assert.Contains($"\"{table}\" belongs to {hostile.Name}, and postgres is not a member of that role", error.Message);
        CollectionAssert.AreEqual(
            new[] { "False" }, set.Query($"SELECT rolsuper FROM pg_roles WHERE rolname = '{hostile.Name}'").ToArray());
        Assert.IsEmpty(set.Tables);
        set.Run("stamp", to: "head").FailsWith(DiagnosticCodes.UntrustedTable);
        set.Execute($"DROP TRIGGER t ON \"{table}\"; ALTER TABLE public.\"{table}\" OWNER TO postgres");
        set.Run("migrate").Succeeds();
    }

    [TestMethod]
    [DataRow("CREATE TRIGGER t BEFORE INSERT ON {0} FOR EACH ROW EXECUTE FUNCTION "
        + "attack('x')", "DROP TRIGGER t ON public.\"__EFMigrationsHistory\"")]
    [DataRow("CREATE RULE r AS ON INSERT TO {0} DO ALSO SELECT 1", "DROP RULE r ON public.\"__EFMigrationsHistory\"")]
    [DataRow("ALTER TABLE {0} ENABLE ROW LEVEL SECURITY", "ALTER TABLE \"public\".\"__EFMigrationsHistory\" DISABLE ROW LEVEL SECURITY")]
    public void Objects_attached_to_a_table_are_named_with_the_statement_that_removes_them(string attach, string fix)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(A).AddTable("20260102000000_B");
        set.Run("migrate", to: A).Succeeds();
        set.Execute(Attack + attach.Replace("{0}", "\"__EFMigrationsHistory\"", StringComparison.Ordinal));

        var error = set.Run("migrate").FailsWith(DiagnosticCodes.UntrustedTable);

        Assert.Contains(fix, error.Message);
        set.Run("current").Succeeds();
        set.Execute(fix);
        set.Run("migrate").Succeeds();
    }

    [TestMethod]
    public void A_view_in_its_place_is_not_even_read()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(A);
        using var hostile = new Role(set, "CREATE, USAGE ON SCHEMA public");
        hostile.Execute(
            "CREATE SEQUENCE caught; GRANT ALL ON SEQUENCE caught TO PUBLIC; "
            + "CREATE VIEW \"__EFMigrationsHistory\" AS SELECT nextval('caught')::text AS \"MigrationId\", ''::text AS \"ProductVersion\"; "
            + "GRANT ALL ON \"__EFMigrationsHistory\" TO PUBLIC");

        Assert.Contains("is not an ordinary table", set.Run("current").FailsWith(DiagnosticCodes.UntrustedTable).Message);
        set.Run("migrate").FailsWith(DiagnosticCodes.UntrustedTable);

        CollectionAssert.AreEqual(new[] { "False" }, set.Query("SELECT is_called FROM caught").ToArray());
    }

    [TestMethod]
    public void A_member_of_the_owner_may_use_it_and_so_may_a_superuser_that_becomes_the_owner()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(A).AddTable("20260102000000_B").AddTable("20260103000000_C");
        using var owner = new Role(set, "CREATE, USAGE ON SCHEMA public");
        using var member = new Role(set, "CREATE, USAGE ON SCHEMA public");
        set.Execute($"GRANT {owner.Name} TO {member.Name}");

        set.Run("migrate", to: A, connection: owner.ConnectionString).Succeeds();
        set.Run("migrate", to: "B", connection: member.ConnectionString).Succeeds();
        set.Run("migrate").FailsWith(DiagnosticCodes.UntrustedTable);
        set.Run("migrate", request => request with { Settings = new RunSettings { Role = owner.Name } }).Succeeds();

        Assert.HasCount(3, set.History);
        set.Execute($"REVOKE {owner.Name} FROM {member.Name}");
    }

    /// <summary>A login with some permissions.</summary>
    private sealed class Role : IDisposable
    {
        private readonly MigrationSet _set;

        public Role(MigrationSet set, string grant)
        {
            _set = set;
            set.Execute($"CREATE ROLE {Name} LOGIN PASSWORD 'p'; GRANT {grant} TO {Name}");
        }

        public string Name { get; } = "r_" + Guid.NewGuid().ToString("N")[..12];

        public string ConnectionString =>
            new NpgsqlConnectionStringBuilder(_set.ConnectionString) { Username = Name, Password = "p" }.ConnectionString;

        public void Execute(string sql)
        {
            using var connection = new NpgsqlConnection(ConnectionString);
            connection.Open();
            using var command = new NpgsqlCommand(sql, connection);
            command.ExecuteNonQuery();
        }

        public void Dispose() => _set.Execute($"DROP OWNED BY {Name} CASCADE; DROP ROLE {Name}");
    }
}
