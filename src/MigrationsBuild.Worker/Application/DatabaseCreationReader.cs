using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using MigrationsBuild.Contexts;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Worker.Application;

/// <summary>
/// Reads the options with which a context on PostgreSQL creates its database. They are read by name, because the worker doesn't reference
/// the provider.
/// </summary>
internal static class DatabaseCreationReader
{
    /// <summary>The options of the provider and of the model; empty for other databases.</summary>
    public static DatabaseCreation Read(DbContext context)
    {
        if (context.Database.ProviderName != SqlDialects.NpgsqlProvider)
            return new DatabaseCreation();
        var model = context.GetService<IDesignTimeModel>().Model;
        string Annotation(string name) => model.FindAnnotation(name)?.Value as string ?? "";
        var options = context.GetService<IDbContextOptions>().Extensions
            .FirstOrDefault(extension => extension.GetType().Name == "NpgsqlOptionsExtension");
        return new DatabaseCreation(
            options?.GetType().GetProperty("AdminDatabase")?.GetValue(options) as string ?? "",
            Annotation("Npgsql:DatabaseTemplate"),
            Annotation("Relational:Collation"),
            Annotation("Npgsql:Tablespace"));
    }
}
