using System.Text;
using MigrationsBuild.Protocol;
using MigrationsBuild.Sql;
using Npgsql;

namespace MigrationsBuild.Database.Tests;

/// <summary>
/// A role that may create objects in a schema of the search path plants functions, operators, casts, types and tables with the names of those
/// that our own statements use, so that an administrator's run would execute them (the class of CVE-2018-1058). None of them is ever called.
/// </summary>
[TestClass]
public class DecoyTests
{
    private const string A = "20260101000000_A";
    private const string Concurrent = "20260102000000_B";

    [TestMethod]
    public void No_statement_of_ours_calls_what_another_role_has_planted()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(A)
            .Add(Concurrent, "-- outside a transaction\nCREATE INDEX CONCURRENTLY ix ON \"A\" (\"Id\");\n-- outside a transaction\nREINDEX INDEX CONCURRENTLY ix;\nALTER TABLE \"A\" ADD n integer;\n", "ALTER TABLE \"A\" DROP n;\n-- outside a transaction\nDROP INDEX CONCURRENTLY ix;\n");
        using var mallory = new Mallory(set);
        mallory.Plant();
        // In front of pg_catalog, where even a type or an operator without a schema is another one.
        var connection = new NpgsqlConnectionStringBuilder(set.ConnectionString) { SearchPath = "public, pg_catalog" }.ConnectionString;
        void Runs(string verb, string to = "") => set.Run(verb, to: to, connection: connection).Succeeds();

        Runs("current");
        Runs("migrate");
        Runs("history");
        Runs("check");
        Runs("current");
        Runs("rollback", "A");
        Runs("stamp", "head");
        Runs("stamp", "A");
        // The statement fails, and what exists of the migration's objects is looked up.
        set.Execute("CREATE INDEX ix ON \"A\" (\"Id\")");
        set.Run("migrate", connection: connection).FailsWith(Diagnostics.DiagnosticCodes.AlreadyExists);

        CollectionAssert.AreEqual(Array.Empty<string>(), mallory.Caught.ToArray());
    }

    [TestMethod]
    public void The_decoys_would_be_called()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql);
        using var mallory = new Mallory(set);
        mallory.Plant();

        set.Query("SET search_path = public, pg_catalog; SELECT has_table_privilege('pg_class'::pg_catalog.regclass, 'SELECT'::pg_catalog.text)");
        set.Query("SET search_path = public, pg_catalog; SELECT 'a'::pg_catalog.text = 'b'::pg_catalog.text");

        Assert.HasCount(2, mallory.Caught);
    }

    [TestMethod]
    public void A_run_that_watches_for_whom_it_waits_calls_none_either()
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).Add(A, "ALTER TABLE a ADD n pg_catalog.int4;\n", null);
        using var mallory = new Mallory(set);
        set.Execute("CREATE TABLE a (id integer)");
        mallory.Plant();
        using var lunch = new OpenTransaction(set, "LOCK TABLE a");
        using var run = new RunningRunner(
            set, request => request with { Settings = new RunSettings { LockTimeout = TimeSpan.FromSeconds(0.3) } },
            new NpgsqlConnectionStringBuilder(set.ConnectionString) { SearchPath = "public, pg_catalog" }.ConnectionString);

        run.WaitForLine("Waiting for a lock: pid ");
        using var second = new RunningRunner(set);
        second.WaitForLine("Waiting for another run: pid ");
        lunch.Dispose();

        run.End().Succeeds();
        second.End().Succeeds();
        CollectionAssert.AreEqual(Array.Empty<string>(), mallory.Caught.ToArray());
    }

    /// <summary>A role that may create objects in the schema public and nothing else.</summary>
    private sealed class Mallory : IDisposable
    {
        private static readonly (string Symbol, string Function)[] _operators = [("=", "eq"), ("<>", "ne"), ("~~", "like"), ("!~~", "notlike"), ("~", "matches")];

        private static readonly (string Left, string Right)[] _operands =
        [
            ("text", "text"), ("name", "text"), ("name", "name"), ("oid", "oid"), ("oid", "regclass"), ("\"char\"", "text"), ("\"char\"", "\"char\""),
            ("int4", "int4"), ("bool", "bool"), ("varchar", "text"), ("varchar", "varchar"),
        ];

        private readonly MigrationSet _set;

        public Mallory(MigrationSet set)
        {
            _set = set;
            set.Execute($"CREATE ROLE {Name} LOGIN PASSWORD 'p'; GRANT ALL ON SCHEMA public TO {Name}; CREATE SEQUENCE public.caught; GRANT ALL ON SEQUENCE public.caught TO PUBLIC; CREATE TABLE public.names (name text); GRANT ALL ON TABLE public.names TO PUBLIC");
        }

        /// <summary>The decoys that were called. A sequence isn't rolled back; what was called in a transaction that was is only counted.</summary>
        public IReadOnlyList<string> Caught => _set.Query("SELECT coalesce((SELECT string_agg(DISTINCT name, ', ') FROM public.names), 'something') FROM public.caught, generate_series(1, CASE WHEN is_called THEN last_value::int ELSE 0 END)");

        private string Name => _set.Database + "_mallory";

        public void Plant()
        {
            var decoys = new StringBuilder();
            // Each signature that a call with our types of arguments would take before PostgreSQL's own.
            foreach (var (name, arguments, result) in Functions())
            {
                decoys.Append(System.Globalization.CultureInfo.InvariantCulture, $"""
                    CREATE FUNCTION public.{name}({arguments}) RETURNS {result} LANGUAGE plpgsql AS $decoy$
                    BEGIN PERFORM pg_catalog.nextval('public.caught'); INSERT INTO public.names VALUES ('{name}({arguments})'); RETURN NULL; END $decoy$;

                    """);
            }

            foreach (var (left, right) in _operands)
            {
                foreach (var (symbol, function) in _operators)
                    decoys.Append(System.Globalization.CultureInfo.InvariantCulture, $"CREATE OPERATOR public.{symbol} (LEFTARG = pg_catalog.{left}, RIGHTARG = pg_catalog.{right}, FUNCTION = public.decoy_{function});\n");
            }

            foreach (var type in new[] { "text", "int8", "int4", "oid", "name", "regclass", "timestamptz", "varchar" })
                decoys.Append(System.Globalization.CultureInfo.InvariantCulture, $"CREATE DOMAIN public.{type} AS pg_catalog.text CHECK (public.decoy_check(VALUE));\n");
            foreach (var table in new[] { "pg_class", "pg_namespace", "pg_roles", "pg_depend", "pg_tables", "pg_locks", "pg_stat_activity", "pg_database", "pg_index", "pg_trigger", "pg_rewrite", "pg_auth_members" })
                decoys.Append(System.Globalization.CultureInfo.InvariantCulture, $"CREATE VIEW public.{table} AS SELECT pg_catalog.nextval('public.caught') AS caught, r.* FROM pg_catalog.{table} r;\nGRANT SELECT ON public.{table} TO PUBLIC;\n");

            using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_set.ConnectionString) { Username = Name, Password = "p" }.ConnectionString);
            connection.Open();
            using var command = new NpgsqlCommand(decoys.ToString(), connection);
            command.ExecuteNonQuery();
        }

        public void Dispose()
        {
            _set.Execute($"DROP OWNED BY {Name} CASCADE; DROP ROLE {Name}");
            GC.SuppressFinalize(this);
        }

        /// <summary>Functions, and what implements the operators: of any type, which any call takes that no other fits exactly.</summary>
        private static IEnumerable<(string Name, string Arguments, string Result)> Functions()
        {
            foreach (var (_, function) in _operators)
            {
                foreach (var (left, right) in _operands)
                    yield return ("decoy_" + function, $"pg_catalog.{left}, pg_catalog.{right}", "pg_catalog.bool");
            }

            yield return ("decoy_check", "pg_catalog.text", "pg_catalog.bool");
            yield return ("has_table_privilege", "pg_catalog.regclass, pg_catalog.text", "pg_catalog.bool");
            yield return ("has_table_privilege", "pg_catalog.oid, pg_catalog.text", "pg_catalog.bool");
            yield return ("has_schema_privilege", "pg_catalog.oid, pg_catalog.text", "pg_catalog.bool");
            foreach (var name in new[] { "to_regclass", "to_regtype", "to_regnamespace", "quote_ident", "current_setting", "set_config", "parse_ident", "trim", "lower", "pg_get_userbyid", "format" })
                yield return (name, "pg_catalog.text", "pg_catalog.text");
            yield return ("set_config", "pg_catalog.text, pg_catalog.text, pg_catalog.bool", "pg_catalog.text");
            yield return ("current_setting", "pg_catalog.text, pg_catalog.bool", "pg_catalog.text");
            foreach (var name in new[] { "current_schema", "pg_backend_pid", "clock_timestamp", "transaction_timestamp", "now" })
                yield return (name, "", "pg_catalog.text");
            foreach (var name in new[] { "pg_try_advisory_lock", "pg_advisory_unlock", "pg_try_advisory_xact_lock" })
                yield return (name, "pg_catalog.int8", "pg_catalog.bool");
            yield return ("to_char", "pg_catalog.timestamptz, pg_catalog.text", "pg_catalog.text");
            yield return ("pg_blocking_pids", "pg_catalog.int4", "pg_catalog.int4[]");
            yield return ("string_to_array", "pg_catalog.text, pg_catalog.text", "pg_catalog.text[]");
            yield return ("host", "pg_catalog.inet", "pg_catalog.text");
            yield return ("date_part", "pg_catalog.text, pg_catalog.interval", "pg_catalog.float8");
        }
    }
}
