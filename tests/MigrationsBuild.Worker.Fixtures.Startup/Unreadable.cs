using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace MigrationsBuild.Worker.Fixtures.Startup.Unreadable;

/// <summary>Its snapshot throws.</summary>
public class UnreadableContext : DbContext
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSqlite("Data Source=app.db");
}

[DbContext(typeof(UnreadableContext))]
public class UnreadableSnapshot : ModelSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder) => throw new FormatException("half merged");
}
