using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Runner.Databases.PostgreSql.Definitions;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;
using Npgsql;

namespace MigrationsBuild.Database.Tests;

/// <summary>Comparisons of privileges.</summary>
[TestClass]
public class PrivilegeTests
{
    private const string A = "20260101000000_A";

    private static readonly string _role = PostgreSqlServer.NewName();
    private static readonly string _app = PostgreSqlServer.NewName();

    /// <summary>Objects of all kinds with privileges.</summary>
    private static readonly string _schema =
        $"""
        {DiffTests.Schema}
        GRANT USAGE ON SCHEMA sales TO {_role};
        GRANT SELECT, INSERT ON sales."Orders", "Users" TO {_role};
        GRANT UPDATE ("Total") ON sales."Orders" TO {_role};
        GRANT SELECT ON names, totals TO PUBLIC;
        GRANT USAGE ON SEQUENCE numbers, "Users_Id_seq" TO {_role};
        GRANT DELETE ON "Users" TO {_app} WITH GRANT OPTION;
        REVOKE EXECUTE ON FUNCTION twice FROM PUBLIC;
        REVOKE USAGE ON TYPE mood FROM PUBLIC;
        ALTER DEFAULT PRIVILEGES IN SCHEMA sales GRANT SELECT ON TABLES TO {_role};
        ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

        """;

    /// <summary>Changes of <see cref="_schema"/>, each with the difference that it is.</summary>
    private static readonly (string Sql, string Difference)[] _changes =
    [
        ("REVOKE INSERT ON sales.\"Orders\" FROM r", "different privileges on table sales.\"Orders\" to r"),
        ("REVOKE ALL ON \"Users\" FROM r", "missing privileges on table public.\"Users\" to r"),
        ("GRANT TRUNCATE ON parted TO PUBLIC", "additional privileges on table public.parted to PUBLIC"),
        ("REVOKE GRANT OPTION FOR DELETE ON \"Users\" FROM a", "different privileges on table public.\"Users\" to a"),
        ("GRANT INSERT ON \"Users\" TO r WITH GRANT OPTION", "different privileges on table public.\"Users\" to r"),
        ("GRANT SELECT (\"Id\") ON \"Users\" TO PUBLIC", "additional privileges on column public.\"Users\".\"Id\" to PUBLIC"),
        ("GRANT SELECT (\"Name\") ON names TO a", "additional privileges on column public.names.\"Name\" to a"),
        ("REVOKE UPDATE (\"Total\") ON sales.\"Orders\" FROM r", "missing privileges on column sales.\"Orders\".\"Total\" to r"),
        ("REVOKE SELECT ON names FROM PUBLIC", "missing privileges on view public.names to PUBLIC"),
        ("GRANT SELECT ON totals TO a", "additional privileges on materialized view public.totals to a"),
        ("GRANT UPDATE ON SEQUENCE numbers TO r", "different privileges on sequence public.numbers to r"),
        ("REVOKE ALL ON SEQUENCE \"Users_Id_seq\" FROM r", "missing privileges on sequence public.\"Users_Id_seq\" to r"),
        ("GRANT CREATE ON SCHEMA sales TO r", "different privileges on schema sales to r"),
        ("GRANT CREATE ON SCHEMA public TO PUBLIC", "different privileges on schema public to PUBLIC"),
        ("GRANT EXECUTE ON FUNCTION twice TO PUBLIC", "missing privileges on function public.twice(integer) to PUBLIC"),
        ("REVOKE EXECUTE ON PROCEDURE nothing FROM PUBLIC", "additional privileges on procedure public.nothing() to PUBLIC"),
        ("GRANT EXECUTE ON FUNCTION twice TO r", "additional privileges on function public.twice(integer) to r"),
        ("GRANT USAGE ON TYPE mood TO r", "additional privileges on enum public.mood to r"),
        ("REVOKE USAGE ON DOMAIN positive FROM PUBLIC", "additional privileges on domain public.positive to PUBLIC"),
        (
            "ALTER DEFAULT PRIVILEGES IN SCHEMA sales GRANT INSERT ON TABLES TO r",
            "different privileges on new tables in schema sales to r"),
        ("ALTER DEFAULT PRIVILEGES FOR ROLE a GRANT USAGE ON SEQUENCES TO r", "additional privileges on new sequences of a to r"),
        ("ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC", "missing privileges on new functions to PUBLIC"),
    ];

    /// <summary>Changes of objects whose privileges must survive.</summary>
    private static readonly string[] _replacements =
    [
        "DROP TABLE sales.\"Orders\" CASCADE",
        "ALTER TABLE sales.\"Orders\" DROP \"Total\" CASCADE",
        "DROP FUNCTION twice; CREATE FUNCTION twice(n integer) RETURNS bigint LANGUAGE sql AS 'SELECT 2::bigint';"
            + " REVOKE EXECUTE ON FUNCTION twice FROM PUBLIC",
        "DROP VIEW names; CREATE VIEW names AS SELECT 1 AS one; GRANT SELECT ON names TO PUBLIC",
        "ALTER TABLE \"Users\" ALTER \"Id\" DROP IDENTITY",
        "CREATE SCHEMA other; GRANT USAGE ON SCHEMA other TO PUBLIC; CREATE TABLE other.t (id serial); GRANT SELECT ON other.t TO PUBLIC",
    ];

    [ClassInitialize]
    public static void CreateRoles(TestContext _) => Execute($"CREATE ROLE {_role}; CREATE ROLE {_app} LOGIN PASSWORD 'x'");

    [ClassCleanup]
    public static void DropRoles() => Execute($"DROP ROLE {_role}; DROP ROLE {_app}");

    [TestMethod]
    public async Task Each_change_of_privileges_is_one_difference_and_is_written_in_both_directions()
    {
        var wrong = new List<string>();
        using var original = new ScriptedDatabase();
        original.Execute(_schema);
        var (expected, dump) = (await ReadAsync(original), PostgreSqlServer.Shared.Dump(original.Name));
        foreach (var (sql, difference) in _changes.Concat(_replacements.Select(sql => (sql, ""))))
        {
            using var live = new ScriptedDatabase(original);
            using var copy = new ScriptedDatabase(original);
            live.Execute(Regex.Replace(sql, @"\b[ra]\b", role => role.Value == "r" ? _role : _app));
            var actual = await ReadAsync(live);
            var found = Text(expected.DifferencesTo(actual));
            if (difference.Length > 0 && (found != difference || PostgreSqlServer.Shared.Dump(live.Name) == dump))
                wrong.Add($"{sql}: {found}");
            var there = new CatalogScript(expected, actual, new PostgreSqlObjects());
            var back = new CatalogScript(actual, expected, new PostgreSqlObjects());
            foreach (var (database, script, result) in new[] { (copy, there, actual), (live, there, actual), (live, back, expected) })
            {
                database.Execute(script.Statements);
                var left = Text(result.DifferencesTo(await ReadAsync(database)));
                if (left.Length > 0 || script.NotWritable.Count > 0)
                    wrong.Add($"{string.Join("; ", script.Statements)} leaves {left}");
            }
        }

        Assert.AreEqual("", string.Join("\n", wrong));
        Assert.IsEmpty((await original.ReadAsync()).Objects.Where(one => one.Kind == "privileges"));
    }

    [TestMethod]
    public void A_change_is_written_with_as_few_statements_as_possible()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql)
            .Add(A, $"CREATE TABLE t (id int);\nGRANT SELECT, INSERT ON t TO {_role};\n", null);
        set.Run("migrate").Succeeds();
        set.Run("diff", Privileges).Succeeds();
        set.Execute($"REVOKE INSERT ON t FROM {_role}; GRANT UPDATE ON t TO {_role}; GRANT SELECT ON t TO {_role} WITH GRANT OPTION");
        Assert.HasCount(1, set.Run("diff", request => request with { Verbose = true }).Succeeds().Lines
            .Where(line => line.StartsWith("Not compared: privileges, owners", StringComparison.Ordinal)));

        var error = set.Run("diff", Privileges).FailsWith(DiagnosticCodes.SchemaDiffers);
        StringAssert.Contains(
            error.Message,
            $"different privileges on table public.t to {_role} "
            + "(GRANT UPDATE; GRANT SELECT WITH GRANT OPTION instead of GRANT INSERT, SELECT)");
        var draft = set.Run("diff", request => Drafting(set, request)).Succeeds().Draft;

        CollectionAssert.AreEqual(
            new[]
            {
                $"up: REVOKE INSERT ON TABLE public.t FROM {_role};",
                $"up: GRANT UPDATE ON TABLE public.t TO {_role};",
                $"up: GRANT SELECT ON TABLE public.t TO {_role} WITH GRANT OPTION;",
                $"down: REVOKE UPDATE ON TABLE public.t FROM {_role};",
                $"down: REVOKE GRANT OPTION FOR SELECT ON TABLE public.t FROM {_role};",
                $"down: GRANT INSERT ON TABLE public.t TO {_role};",
            },
            draft.ToArray());
        set.Execute(set.Folder.Read("undo.sql"));
        set.Run("diff", Privileges).Succeeds();
    }

    [TestMethod]
    public void The_owner_of_the_objects_may_be_another_role_than_on_the_scratch_database()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(A, _schema.Replace("CREATE EXTENSION citext;", ""), null);
        Execute($"CREATE DATABASE {set.Database} OWNER {_app}");
        var connection = new NpgsqlConnectionStringBuilder(set.ConnectionString) { Username = _app, Password = "x" }.ConnectionString;
        set.Run("migrate", request => request with { Force = set.Database }, connection).Succeeds();

        // The connection of the comparison is that of a superuser.
        set.Run("diff", Privileges).Succeeds();
        set.Execute($"GRANT UPDATE ON \"Users\" TO {_role}");
        Assert.AreEqual($"different privileges on table public.\"Users\" to {_role}", set.Run("diff", Privileges).Differences);
    }

    [TestMethod]
    public void A_role_that_the_scratch_server_doesnt_have_is_named()
    {
        using var scratch = PostgreSqlServer.StartOwn();
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(A, "CREATE TABLE t (id int);\n", null);
        set.Run("migrate").Succeeds();
        set.Execute($"GRANT SELECT ON t TO {_role}; GRANT INSERT ON t TO PUBLIC");
        var environment = new Dictionary<string, string?>(set.Environment())
        {
            ["MIGRATIONS_SCRATCH_CONNECTION"] = scratch.ConnectionString("postgres"),
        };

        var result = set.RunProcess("diff", request => Drafting(set, request), environment).Succeeds();

        CollectionAssert.AreEqual(
            new[]
            {
                $"remark: Not written: additional privileges on table public.t to {_role}",
                "up: GRANT INSERT ON TABLE public.t TO PUBLIC;",
                "down: REVOKE INSERT ON TABLE public.t FROM PUBLIC;",
            },
            result.Draft.ToArray());
        Assert.EndsWith(
            $" doesn't have the role {_role}. Create it there with CREATE ROLE, and run the command again.",
            result.Diagnostics.Single().Message);
        StringAssert.Contains(set.Folder.Read("undo.sql"), $"REVOKE SELECT ON TABLE public.t FROM {_role};");
    }

    [TestMethod]
    public void An_ignored_schema_is_ignored_with_its_privileges()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(A);
        set.Run("migrate").Succeeds();
        set.Execute(
            $"CREATE SCHEMA audit; GRANT USAGE ON SCHEMA audit TO {_role}; CREATE FUNCTION audit.f(n int) RETURNS int LANGUAGE sql"
            + $" AS 'SELECT 1'; GRANT EXECUTE ON FUNCTION audit.f TO {_role};"
            + $" ALTER DEFAULT PRIVILEGES IN SCHEMA audit GRANT SELECT ON TABLES TO {_role}");

        set.Run("diff", request => Privileges(request) with { Settings = new() { Ignore = "audit.*" } }).Succeeds();
    }

    private static RunnerRequest Privileges(RunnerRequest request) => request with { ComparesPrivileges = true };

    private static RunnerRequest Drafting(MigrationSet set, RunnerRequest request) =>
        Privileges(request) with { Draft = true, OutputPath = set.Folder["undo.sql"] };

    private static async Task<Catalog> ReadAsync(ScriptedDatabase database) =>
        (await database.ReadAsync(withPrivileges: true)).Without(new OwnerPrivileges().Contains);

    private static string Text(IReadOnlyList<CatalogDifference> differences) => string.Join(
        "; ",
        differences.Select(one => $"{one.Word} {one.Object.Kind} {one.Object.Name}".Replace(_role, "r").Replace(_app, "a")));

    private static void Execute(string sql)
    {
        foreach (var statement in sql.Split("; "))
            PostgreSqlServer.Shared.Execute("postgres", statement);
    }
}
