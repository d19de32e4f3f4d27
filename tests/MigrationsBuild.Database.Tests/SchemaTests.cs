using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;
using Npgsql;

namespace MigrationsBuild.Database.Tests;

/// <summary>B24: the same tables in several schemas of one database, a tenant each.</summary>
[TestClass]
public class SchemaTests
{
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";

    [TestMethod]
    public void Each_schema_of_a_search_path_has_its_own_history_and_the_first_line_names_it()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(A);
        set.Execute("CREATE SCHEMA tenant_a; CREATE SCHEMA tenant_b");
        string Tenant(string path) => $"{set.ConnectionString};Search Path={path}";

        Assert.EndsWith(
            "as postgres, schema tenant_a (from the test)", set.Run("migrate", connection: Tenant("tenant_a")).Succeeds().Lines[0]);
        Assert.EndsWith(
            "as postgres, schema tenant_b (from the test)", set.Run("migrate", connection: Tenant("tenant_b,public")).Succeeds().Lines[0]);
        Assert.EndsWith("as postgres (from the test)", set.Run("migrate").Succeeds().Lines[0]);
        set.AddTable(B).Run("migrate", connection: Tenant("tenant_b")).Succeeds();

        (string Path, string Schema)[] tenants =
        [
            ("tenant_a", ", schema tenant_a"),
            ("tenant_b", ", schema tenant_b"),
            ("tenant_c,public", ", schema public"),
            ("public", ""),
        ];
        foreach (var (path, schema) in tenants)
        {
            var lines = set.Run("current", connection: Tenant(path)).Succeeds().Lines;
            Assert.EndsWith($"as postgres{schema} (from the test)", lines[0]);
            Assert.Contains(path == "tenant_b" ? B : A, string.Join("\n", lines));
        }

        set.Run("rollback", to: "-1", force: set.Database, connection: Tenant("tenant_b")).Succeeds();
        CollectionAssert.AreEqual(
            new[] { "public.A", "tenant_a.A", "tenant_b.A" },
            set.Query("SELECT concat(schemaname, '.', tablename) FROM pg_tables WHERE tablename IN ('A', 'B') ORDER BY 1").ToArray());
    }

    [TestMethod]
    public void A_schema_that_is_missing_is_named_with_the_statement_that_creates_it_and_a_role_s_path_counts()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(A);
        var role = PostgreSqlServer.NewName();
        set.Execute(
            $"CREATE SCHEMA tenant_a; CREATE ROLE {role} LOGIN PASSWORD 'p'; ALTER ROLE {role} SET search_path = tenant_a; "
            + $"GRANT ALL ON SCHEMA tenant_a TO {role}");
        var connection = new NpgsqlConnectionStringBuilder(set.ConnectionString) { Username = role, Password = "p" }.ConnectionString;

        var error = set.Run("migrate", connection: set.ConnectionString + ";Search Path=tenant_c").FailsWith(DiagnosticCodes.NoSchema);
        Assert.Contains("CREATE SCHEMA tenant_c", error.Message);
        Assert.EndsWith($"as {role}, schema tenant_a (from the test)", set.Run("migrate", connection: connection).Succeeds().Lines[0]);
        CollectionAssert.AreEqual(new[] { "tenant_a" }, set.Query("SELECT schemaname FROM pg_tables WHERE tablename = 'A'").ToArray());

        set.Server.Execute(set.Database, $"DROP OWNED BY {role}; DROP ROLE {role}");
    }
}
