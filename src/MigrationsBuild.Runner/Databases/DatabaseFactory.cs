using System.Runtime.CompilerServices;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases;

/// <summary>Picks the class for a provider. Each stands in a method of its own, so that only one database library is loaded.</summary>
internal static class DatabaseFactory
{
    /// <exception cref="MigrationsException">No runner knows the provider, or the connection string is malformed.</exception>
    public static Database Create(Manifest manifest, string connectionString, string projectFolder)
    {
        try
        {
            return SqlDialects.OfProvider(manifest.Provider) switch
            {
                SqlDialect.PostgreSql => PostgreSql(manifest, connectionString),
                SqlDialect.Sqlite => Sqlite(manifest, connectionString, projectFolder),
                _ => throw new MigrationsException(DiagnosticCodes.UnknownProvider, $"The runner knows PostgreSQL and SQLite; {manifest.ShortName} uses {manifest.Provider}."),
            };
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException)
        {
            // The exception's own text may quote a part of the connection string.
            throw new MigrationsException(
                DiagnosticCodes.NoConnection, "The connection string can't be understood. Its form is that of ADO.NET: Host=…;Database=…;Username=…;Password=…, or Data Source=app.db.", inner: failure);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PostgreSqlDatabase PostgreSql(Manifest manifest, string connectionString) => new(manifest.History, connectionString);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SqliteDatabase Sqlite(Manifest manifest, string connectionString, string folder) => new(manifest.History, connectionString, folder);
}
