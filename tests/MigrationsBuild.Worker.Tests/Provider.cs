using Microsoft.EntityFrameworkCore;

namespace MigrationsBuild.Worker.Tests;

/// <summary>A provider of EF Core. No test connects to a database.</summary>
/// <param name="Configure">Configures the provider.</param>
internal sealed record Provider(Action<DbContextOptionsBuilder> Configure)
{
    public static Provider PostgreSql { get; } = new(options => options.UseNpgsql("Host=127.0.0.1;Database=app"));

    public static Provider Sqlite { get; } = new(options => options.UseSqlite("Data Source=app.db"));

    public static Provider SqlServer { get; } = new(options => options.UseSqlServer("Server=127.0.0.1;Database=app"));
}
