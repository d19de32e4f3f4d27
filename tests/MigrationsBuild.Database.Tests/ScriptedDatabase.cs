using MigrationsBuild.Contexts;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Databases.PostgreSql;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using Npgsql;
using PostgreSqlServer = MigrationsBuild.Testing.PostgreSqlServer;

namespace MigrationsBuild.Database.Tests;

/// <summary>A database on which a test executes scripts.</summary>
internal sealed class ScriptedDatabase : IDisposable
{
    private readonly string _name = PostgreSqlServer.NewName();

    /// <param name="template">The database that it is a copy of; <see langword="null"/> for an empty one.</param>
    public ScriptedDatabase(ScriptedDatabase? template = null) =>
        PostgreSqlServer.Shared.Execute("postgres", $"CREATE DATABASE {_name} TEMPLATE {template?._name ?? "template0"}");

    /// <summary>Its name.</summary>
    public string Name => _name;

    private string ConnectionString => PostgreSqlServer.Shared.ConnectionString(_name);

    public static HistoryTable History { get; } = new(null, "__EFMigrationsHistory", "MigrationId", "ProductVersion", "");

    /// <summary>Executes the statements of a text in one transaction.</summary>
    public void Execute(string sql) => Execute([.. SqlScript.Parse(sql, SqlDialect.PostgreSql).Select(statement => statement.Text)]);

    /// <summary>Executes statements in one transaction.</summary>
    public void Execute(IReadOnlyList<string> statements)
    {
        using var connection = new NpgsqlConnection(ConnectionString + ";Include Failed Batched Command=true");
        connection.Open();
        using var batch = connection.CreateBatch();
        foreach (var statement in statements)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        if (statements.Count > 0)
            batch.ExecuteNonQuery();
    }

    /// <summary>The objects of the database.</summary>
    /// <param name="withPrivileges">Whether privileges are objects as well.</param>
    public Task<Catalog> ReadAsync(bool withPrivileges = false) => ReadAsync(ConnectionString, withPrivileges);

    /// <summary>The objects of a database.</summary>
    public static async Task<Catalog> ReadAsync(string connectionString, bool withPrivileges = false)
    {
        await using var database = new PostgreSqlDatabase(
            History, new RunSettings(), connectionString, new DatabaseCreation(), writes: false, new DatabaseEvents());
        await database.ConnectAsync(CancellationToken.None);
        return await database.ReadCatalogAsync(withPrivileges, CancellationToken.None);
    }

    public void Dispose() => PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE {_name} WITH (FORCE)");
}
