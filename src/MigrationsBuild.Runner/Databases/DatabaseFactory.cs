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

/// <summary>Picks the class for a provider. Each stands in a method of its own, so that only one database library is loaded.</summary>
internal static class DatabaseFactory
{
    /// <param name="manifest">What is to be applied.</param>
    /// <param name="connectionString">The connection string.</param>
    /// <param name="request">The request.</param>
    /// <param name="onWait">Is told for whom a statement waits.</param>
    /// <param name="onRestored">Is told what was restored that a migration has dropped without saying so.</param>
    /// <param name="onNotice">See <see cref="Database.OnNotice"/>.</param>
    /// <exception cref="MigrationsException">No runner knows the provider, the connection string is malformed, or a setting means nothing there.</exception>
    public static Database Create(
        Manifest manifest,
        string connectionString,
        RunnerRequest request,
        Action<string> onWait,
        Action<string> onRestored,
        Action<SqlCommand?, ServerNotice> onNotice)
    {
        try
        {
            return SqlDialects.OfProvider(manifest.Provider) switch
            {
                SqlDialect.PostgreSql => PostgreSql(manifest, connectionString, request, onWait, onNotice),
                SqlDialect.Sqlite => Sqlite(manifest, connectionString, request, onRestored),
                _ => throw new MigrationsException(DiagnosticCodes.UnknownProvider, $"The runner knows PostgreSQL and SQLite; {manifest.ShortName} uses {manifest.Provider}."),
            };
        }
        catch (Exception failure) when (failure is not MigrationsException)
        {
            throw new MigrationsException(DiagnosticCodes.NoConnection, ConnectionStringFlaw.Of(connectionString, BuilderOf(manifest.Provider)), inner: failure);
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
        Manifest manifest, string connectionString, RunnerRequest request, Action<string> onWait, Action<SqlCommand?, ServerNotice> onNotice) =>
        new(
            manifest.History, request.Settings, connectionString, manifest.Creation,
            VerbTable.Find(request.Verb) is not { LeavesDatabaseAlone: true })
        {
            OnWait = onWait,
            OnNotice = onNotice,
            ShowsQueries = request.Verbose,
        };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SqliteDatabase Sqlite(Manifest manifest, string connectionString, RunnerRequest request, Action<string> onRestored) =>
        new(manifest.History, request.Settings, connectionString, request.ProjectFolder) { OnRestored = onRestored };
}
