using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;
using Npgsql;

namespace MigrationsBuild.Database.Tests;

/// <summary>DbRole: the owner of new objects, whichever user has logged in.</summary>
[TestClass]
public class RoleTests
{
    [TestMethod]
    public void New_objects_belong_to_the_role_and_the_journal_names_the_user()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A").Add(
            "20260102000000_B",
            "-- outside a transaction\nCREATE INDEX CONCURRENTLY ix ON \"A\" (\"Id\");\n",
            "-- outside a transaction\nDROP INDEX CONCURRENTLY ix;\n");
        using var roles = new Roles(set);

        Run(set, roles, "migrate", roles.Owner).Succeeds();

        CollectionAssert.AreEqual(
            new[] { roles.Owner },
            set.Query("SELECT DISTINCT pg_get_userbyid(relowner)::text FROM pg_class WHERE relnamespace = 'public'::regnamespace")
                .ToArray());
        CollectionAssert.AreEqual(new[] { roles.Login }, set.Query("SELECT DISTINCT \"By\" FROM \"__MigrationsBuildJournal\"").ToArray());
        Run(set, roles, "current", roles.Owner).Succeeds();
        Run(set, roles, "rollback", roles.Owner, "base").Succeeds();
        Assert.IsEmpty(set.Tables);
    }

    [TestMethod]
    public void A_user_without_the_role_gets_a_diagnostic_and_a_user_who_may_only_read_can_read()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");
        using var roles = new Roles(set);
        set.Execute("REVOKE ALL ON SCHEMA public FROM PUBLIC");

        Assert.Contains(
            "Or become a role that has it: -p:DbRole=<role>",
            Run(set, roles, "migrate", "").FailsWith(DiagnosticCodes.NoPermission).Message);
        set.Execute("CREATE SCHEMA somebody; CREATE TABLE somebody.\"__EFMigrationsHistory\" (id integer)");
        Run(set, roles, "migrate", roles.Owner).Succeeds();
        Assert.Contains(
            $"GRANT USAGE ON SCHEMA public TO \"{roles.Login}\"",
            Run(set, roles, "current", "").FailsWith(DiagnosticCodes.NoPermission).Message);
        set.Execute($"GRANT USAGE ON SCHEMA public TO {roles.Login}");
        Assert.Contains(
            "reading needs SELECT on the history table", Run(set, roles, "current", "").FailsWith(DiagnosticCodes.NoPermission).Message);
        set.Execute($"GRANT SELECT ON \"__EFMigrationsHistory\" TO {roles.Login}");

        Assert.Contains("20260101000000_A (head)", Run(set, roles, "current", "").Succeeds().Lines);
        Run(set, roles, "history", "").Succeeds();
        Assert.Contains(
            line => line.StartsWith("Applied: the time and the user are in the journal", StringComparison.Ordinal),
            set.Run("history", request => request with { Verbose = true }, roles.ConnectionString).Lines);
        Run(set, roles, "check", "").Succeeds();
    }

    [TestMethod]
    public void Default_privileges_grant_no_permissions_on_the_journal()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");
        using var roles = new Roles(set);
        set.Execute($"ALTER DEFAULT PRIVILEGES FOR ROLE {roles.Owner} GRANT ALL ON TABLES TO {roles.Login}");

        Run(set, roles, "migrate", roles.Owner).Succeeds();

        CollectionAssert.AreEqual(
            new[] { "True|False|False" },
            set.Query(
                $"SELECT has_table_privilege('{roles.Login}', '\"A\"', 'INSERT'), has_table_privilege('{roles.Login}', "
                + $"'\"__MigrationsBuildJournal\"', 'SELECT'), has_table_privilege('{roles.Login}', '\"__MigrationsBuildJournal\"', "
                + "'INSERT')").ToArray());
    }

    [TestMethod]
    public void A_role_that_one_cant_become_is_refused_with_the_grant_that_is_missing()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable("20260101000000_A");
        using var roles = new Roles(set);
        set.Execute($"REVOKE {roles.Owner} FROM {roles.Login}");

        var error = Run(set, roles, "migrate", roles.Owner).FailsWith(DiagnosticCodes.NoPermission);
        Assert.EndsWith($"GRANT \"{roles.Owner}\" TO \"{roles.Login}\"", error.Message);
        Assert.Contains(
            "Correct the name", Run(set, roles, "migrate", "o\"; DROP TABLE x; --").FailsWith(DiagnosticCodes.NoPermission).Message);
    }

    [TestMethod]
    public void Sqlite_has_no_roles()
    {
        using var set = new MigrationSet(SqlDialect.Sqlite).AddTable("20260101000000_A");

        set.Run("migrate", request => request with { Settings = new RunSettings { Role = "owner" } })
            .FailsWith(DiagnosticCodes.InvalidSetting);
    }

    private static RunnerResult Run(MigrationSet set, Roles roles, string verb, string role, string to = "") =>
        set.Run(verb, request => request with { To = to, Settings = new RunSettings { Role = role } }, roles.ConnectionString);

    /// <summary>A role that owns a database, and a login that is a member of it.</summary>
    private sealed class Roles : IDisposable
    {
        private readonly MigrationSet _set;

        public Roles(MigrationSet set)
        {
            _set = set;
            PostgreSqlServer.Shared.Execute(
                "postgres", $"CREATE ROLE {Owner} NOLOGIN; CREATE ROLE {Login} LOGIN NOINHERIT PASSWORD 'p' IN ROLE {Owner}");
            PostgreSqlServer.Shared.Execute("postgres", $"CREATE DATABASE {set.Database} OWNER {Owner}");
        }

        public string Owner => _set.Database + "_owner";

        public string Login => _set.Database + "_login";

        public string ConnectionString =>
            new NpgsqlConnectionStringBuilder(_set.ConnectionString) { Username = Login, Password = "p" }.ConnectionString;

        public void Dispose()
        {
            PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE {_set.Database} WITH (FORCE)");
            PostgreSqlServer.Shared.Execute("postgres", $"DROP ROLE {Login}; DROP ROLE {Owner}");
        }
    }
}
