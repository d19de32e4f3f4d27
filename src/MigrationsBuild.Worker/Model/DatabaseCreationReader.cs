using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using MigrationsBuild.Protocol;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Worker.Model;

/// <summary>How contexts on PostgreSQL want their database created. Read by name, because the provider isn't among our references.</summary>
internal static class DatabaseCreationReader
{
    /// <summary>What the options of the provider and the model say.</summary>
    /// <param name="context">The context.</param>
    public static DatabaseCreation Read(DbContext context)
    {
        if (context.Database.ProviderName != SqlDialects.NpgsqlProvider)
            return new DatabaseCreation();
        var model = context.GetService<IDesignTimeModel>().Model;
        string Annotation(string name) => model.FindAnnotation(name)?.Value as string ?? "";
        var options = context.GetService<IDbContextOptions>().Extensions.FirstOrDefault(extension => extension.GetType().Name == "NpgsqlOptionsExtension");
        return new DatabaseCreation(
            options?.GetType().GetProperty("AdminDatabase")?.GetValue(options) as string ?? "",
            Annotation("Npgsql:DatabaseTemplate"), Annotation("Relational:Collation"), Annotation("Npgsql:Tablespace"));
    }
}
