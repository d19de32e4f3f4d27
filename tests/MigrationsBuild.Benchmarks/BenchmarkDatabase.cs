using System.Globalization;
using MigrationsBuild.Testing;
using Npgsql;

namespace MigrationsBuild.Benchmarks;

/// <summary>A database on the server of the tests.</summary>
internal sealed class BenchmarkDatabase : IDisposable
{
    private readonly string _name = PostgreSqlServer.NewName();

    public string ConnectionString => PostgreSqlServer.Shared.ConnectionString(_name);

    /// <summary>The variables by which our processes and those of PostgreSQL find it.</summary>
    public Dictionary<string, string?> Environment
    {
        get
        {
            var settings = new NpgsqlConnectionStringBuilder(ConnectionString);
            return new()
            {
                ["MIGRATIONS_CONNECTION"] = ConnectionString,
                ["PGHOST"] = settings.Host,
                ["PGPORT"] = settings.Port.ToString(CultureInfo.InvariantCulture),
                ["PGUSER"] = settings.Username,
                ["PGPASSWORD"] = settings.Password,
                ["PGDATABASE"] = _name,
            };
        }
    }

    /// <summary>Drops the database and creates it again.</summary>
    public void Recreate()
    {
        Dispose();
        PostgreSqlServer.Shared.Execute("postgres", $"CREATE DATABASE {_name}");
    }

    /// <summary>Creates the database again and has the runner migrate it.</summary>
    /// <param name="input">The runner's input.</param>
    public void Recreate(string input)
    {
        Recreate();
        BenchmarkRun.Check(CommandLine.Run("/", BenchmarkRun.Runner[0], BenchmarkRun.Runner[1..], Environment, input));
    }

    public string Dump() => PostgreSqlServer.Shared.Dump(_name);

    public void Dispose() => PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
}
