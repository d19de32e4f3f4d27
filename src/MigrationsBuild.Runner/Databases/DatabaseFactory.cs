using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Databases.PostgreSql;
using MigrationsBuild.Runner.Databases.Sqlite;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;
using Npgsql;

namespace MigrationsBuild.Runner.Databases;

/// <summary>Picks the class for a provider. Each is created in a method of its own, so that only one database library is loaded.</summary>
internal static class DatabaseFactory
{
    /// <summary>The database that a manifest is for. There is no connection yet.</summary>
    /// <exception cref="MigrationsException">
    /// The runner doesn't support the provider, the connection string is malformed, or a setting has no meaning there.
    /// </exception>
    public static Database Create(Manifest manifest, string connectionString, RunnerRequest request, DatabaseEvents events)
    {
        try
        {
            return SqlDialects.OfProvider(manifest.Provider) switch
            {
                SqlDialect.PostgreSql => PostgreSql(manifest, connectionString, request, events),
                SqlDialect.Sqlite => Sqlite(manifest, connectionString, request, events),
                _ => throw new MigrationsException(
                    DiagnosticCodes.UnknownProvider,
                    $"The runner knows PostgreSQL and SQLite; {manifest.ShortName} uses {manifest.Provider}."),
            };
        }
        catch (Exception failure) when (failure is not MigrationsException)
        {
            throw new MigrationsException(
                DiagnosticCodes.NoConnection,
                ConnectionStringFlaw.Of(connectionString, BuilderOf(manifest.Provider)),
                inner: failure);
        }
    }

    private static DbConnectionStringBuilder BuilderOf(string provider) =>
        SqlDialects.OfProvider(provider) == SqlDialect.PostgreSql ? PostgreSqlBuilder() : SqliteBuilder();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static NpgsqlConnectionStringBuilder PostgreSqlBuilder() => new();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SqliteConnectionStringBuilder SqliteBuilder() => new();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PostgreSqlDatabase PostgreSql(
        Manifest manifest, string connectionString, RunnerRequest request, DatabaseEvents events) => new(
            manifest.History,
            request.Settings,
            connectionString,
            manifest.Creation,
            writes: VerbTable.FindOfRunner(request.Verb) is not { LeavesDatabaseAlone: true },
            events);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SqliteDatabase Sqlite(Manifest manifest, string connectionString, RunnerRequest request, DatabaseEvents events) =>
        new(manifest.History, request.Settings, connectionString, request.ProjectFolder, events);
}
