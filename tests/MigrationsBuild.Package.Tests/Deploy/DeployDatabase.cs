using System.Globalization;
using MigrationsBuild.Testing;
using Npgsql;

namespace MigrationsBuild.Package.Tests.Deploy;

/// <summary>A database of a test's own, which is dropped behind it, with all roles whose names begin as its own does.</summary>
internal sealed class DeployDatabase : IDisposable
{
    /// <summary>An empty database: no runner creates one.</summary>
    public static DeployDatabase Create()
    {
        var database = new DeployDatabase();
        PostgreSqlServer.Shared.Execute("postgres", $"CREATE DATABASE {database.Name}");
        return database;
    }

    public string Name { get; } = PostgreSqlServer.NewName();

    /// <summary>For the superuser.</summary>
    public string ConnectionString => PostgreSqlServer.Shared.ConnectionString(Name);

    /// <summary>For another login.</summary>
    public string ConnectionStringOf(string user, string password, string? database = null) =>
        new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            Username = user,
            Password = password,
            Database = database ?? Name,
        }.ConnectionString;

    /// <summary>The variables by which PostgreSQL's own programs connect.</summary>
    public static Dictionary<string, string?> Variables(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return new()
        {
            ["PGHOST"] = settings.Host,
            ["PGPORT"] = settings.Port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = settings.Username,
            ["PGPASSWORD"] = settings.Password,
            ["PGDATABASE"] = settings.Database,
        };
    }

    public IReadOnlyList<string> Query(string sql) => PostgreSqlServer.Shared.Query(Name, sql);

    public void Execute(string sql) => PostgreSqlServer.Shared.Execute(Name, sql);

    /// <summary>The ids in the journal, each as often as it was applied.</summary>
    public IReadOnlyList<string> Applied =>
        Query("SELECT \"MigrationId\" FROM \"__MigrationsBuildJournal\" WHERE \"Action\" = 'applied' ORDER BY 1");

    /// <summary>A session that has executed this and stays open.</summary>
    public NpgsqlConnection Open(string sql)
    {
        var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Waits until a query gives a row.</summary>
    public void WaitFor(string query)
    {
        Assert.IsTrue(SpinWait.SpinUntil(
            () =>
            {
                Thread.Sleep(100);
                return Query(query).Count > 0;
            },
            TimeSpan.FromMinutes(1)), query);
    }

    public void Dispose()
    {
        PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
        var roles = $"SELECT rolname::text FROM pg_roles WHERE rolname LIKE '{Name}\\_%' ORDER BY rolname DESC";
        foreach (var role in PostgreSqlServer.Shared.Query("postgres", roles))
            PostgreSqlServer.Shared.Execute("postgres", $"DROP ROLE {role}");
    }
}
