using System.Globalization;
using System.Text;
using MigrationsBuild.Testing;
using Npgsql;

namespace MigrationsBuild.Reliability.Running;

/// <summary>
/// A role that may create objects in one schema of the search path and nothing else. It plants functions, operators, types and views with
/// the names of those that our own statements use, so that an administrator's run would execute them: the class of CVE-2018-1058.
/// </summary>
public sealed class HostileRole : IDisposable
{
    private static readonly (string Symbol, string Function)[] _operators =
        [("=", "eq"), ("<>", "ne"), ("~~", "like"), ("!~~", "notlike"), ("~", "matches")];

    private static readonly (string Left, string Right)[] _operands =
    [
        ("text", "text"), ("name", "text"), ("name", "name"), ("oid", "oid"), ("oid", "regclass"),
        ("\"char\"", "text"), ("\"char\"", "\"char\""),
        ("int4", "int4"), ("bool", "bool"), ("varchar", "text"), ("varchar", "varchar"),
    ];

    private static readonly string[] _types = ["text", "int8", "int4", "oid", "name", "regclass", "timestamptz", "varchar"];

    private static readonly string[] _catalogs =
    [
        "pg_class", "pg_namespace", "pg_roles", "pg_depend", "pg_tables", "pg_locks", "pg_stat_activity", "pg_database", "pg_index",
        "pg_trigger", "pg_rewrite", "pg_auth_members",
    ];

    private static readonly string[] _textFunctions =
    [
        "to_regclass", "to_regtype", "to_regnamespace", "quote_ident", "current_setting", "set_config", "parse_ident", "trim", "lower",
        "pg_get_userbyid", "format",
    ];

    private static readonly string[] _functionsWithoutArguments =
    [
        "current_schema", "pg_backend_pid", "clock_timestamp", "transaction_timestamp", "now", "pg_is_in_recovery", "pg_control_system",
    ];

    private readonly PostgreSqlServer _server;
    private readonly string _database;
    private readonly string _schema;

    /// <summary>Creates the role, and a schema of its own unless one is named.</summary>
    /// <param name="server">The server.</param>
    /// <param name="database">The database, which exists.</param>
    /// <param name="schema">The schema in which it may create objects.</param>
    public HostileRole(PostgreSqlServer server, string database, string schema)
    {
        (_server, _database, _schema) = (server, database, schema);
        server.Execute(
            database,
            $"""
            CREATE ROLE {Name} LOGIN PASSWORD 'p';
            CREATE SCHEMA IF NOT EXISTS {schema};
            GRANT ALL ON SCHEMA {schema} TO {Name};
            GRANT USAGE ON SCHEMA {schema} TO PUBLIC;
            CREATE SCHEMA caught;
            GRANT USAGE ON SCHEMA caught TO PUBLIC;
            CREATE SEQUENCE caught.calls;
            CREATE TABLE caught.names (name pg_catalog.text);
            GRANT ALL ON SEQUENCE caught.calls TO PUBLIC;
            GRANT ALL ON TABLE caught.names TO PUBLIC;
            """);
    }

    /// <summary>The name of the role.</summary>
    public string Name => _database + "_mallory";

    /// <summary>Whether it has become a superuser.</summary>
    public bool IsSuperuser => _server.Query("postgres", $"SELECT FROM pg_roles WHERE rolname = '{Name}' AND rolsuper").Count > 0;

    /// <summary>
    /// The decoys that were called, each call of those once: a sequence keeps count even if the call's transaction is undone, and the name
    /// is kept if it isn't.
    /// </summary>
    public IReadOnlyList<string> Caught => _server.Query(
        _database,
        "SELECT coalesce((SELECT string_agg(DISTINCT name, ', ') FROM caught.names), 'a call that was undone') FROM caught.calls, "
        + "generate_series(1, CASE WHEN is_called THEN last_value::int ELSE 0 END)");

    /// <summary>Creates all decoys.</summary>
    public void Plant()
    {
        var decoys = new StringBuilder();
        void Add(FormattableString text) => decoys.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
        // Each signature that a call with our types of arguments would take before PostgreSQL's own.
        foreach (var (name, arguments, result) in Functions())
        {
            Add($"""
                CREATE FUNCTION {_schema}.{name}({arguments}) RETURNS {result} LANGUAGE plpgsql AS $decoy$
                BEGIN
                    PERFORM pg_catalog.nextval('caught.calls'); INSERT INTO caught.names VALUES ('{name}({arguments})'); RETURN NULL;
                END $decoy$;
                """);
        }

        foreach (var (left, right) in _operands)
        {
            foreach (var (symbol, function) in _operators)
            {
                Add($"""
                    CREATE OPERATOR {_schema}.{symbol} (
                        LEFTARG = pg_catalog.{left}, RIGHTARG = pg_catalog.{right}, FUNCTION = {_schema}.decoy_{function});
                    """);
            }
        }

        foreach (var type in _types)
            Add($"CREATE DOMAIN {_schema}.{type} AS pg_catalog.text CHECK ({_schema}.decoy_check(VALUE));");
        foreach (var catalog in _catalogs)
        {
            Add($"""
                CREATE VIEW {_schema}.{catalog} AS SELECT pg_catalog.nextval('caught.calls') AS caught, r.* FROM pg_catalog.{catalog} r;
                GRANT SELECT ON {_schema}.{catalog} TO PUBLIC;
                """);
        }

        Execute(decoys.ToString());
    }

    /// <summary>Executes SQL as this role.</summary>
    /// <param name="sql">The SQL.</param>
    public void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_server.ConnectionString(_database)) { Username = Name, Password = "p" }.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Drops the role and all its objects.</summary>
    public void Dispose() => _server.Execute(_database, $"DROP OWNED BY {Name} CASCADE; DROP ROLE {Name}; DROP SCHEMA caught CASCADE");

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
        foreach (var name in _textFunctions)
            yield return (name, "pg_catalog.text", "pg_catalog.text");
        yield return ("set_config", "pg_catalog.text, pg_catalog.text, pg_catalog.bool", "pg_catalog.text");
        yield return ("current_setting", "pg_catalog.text, pg_catalog.bool", "pg_catalog.text");
        foreach (var name in _functionsWithoutArguments)
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
