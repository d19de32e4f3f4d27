using Microsoft.EntityFrameworkCore;

namespace MigrationsBuild.Worker.Fixtures.Connections;

/// <summary>Its file is in a folder that the application sets.</summary>
public class DataDirectoryContext : DbContext
{
    static DataDirectoryContext() => AppDomain.CurrentDomain.SetData("DataDirectory", Path.GetFullPath("App_Data"));

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.UseSqlite("Data Source=|DataDirectory|shop.db");
}

/// <summary>Its connection string is a name that the configuration doesn't have.</summary>
public class NamedConnectionContext : DbContext
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.UseNpgsql("Name=ConnectionStrings:Shop");
}
