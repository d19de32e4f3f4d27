using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations.Internal;

namespace MigrationsBuild.Worker.Fixtures.ModelShapes.CustomHistory;

#pragma warning disable EF1001 // The provider's repository is internal API.
/// <summary>A custom history repository with an additional column.</summary>
public class VersionHistory(HistoryRepositoryDependencies dependencies) : NpgsqlHistoryRepository(dependencies)
{
    protected virtual string Version => "1.4.2";

    protected override void ConfigureTable(EntityTypeBuilder<HistoryRow> history)
    {
        base.ConfigureTable(history);
        history.Property<string>("AppVersion").IsRequired().HasMaxLength(20);
    }

    public override string GetInsertScript(HistoryRow row) =>
        $"INSERT INTO \"{TableName}\" (\"{MigrationIdColumnName}\", \"{ProductVersionColumnName}\", \"AppVersion\") "
        + $"VALUES ('{row.MigrationId}', '{row.ProductVersion}', '{Version}');\n";
}

/// <summary>It writes a different value each time.</summary>
public class NonDeterministicHistory(HistoryRepositoryDependencies dependencies) : VersionHistory(dependencies)
{
    protected override string Version => Guid.NewGuid().ToString()[..8];
}

/// <summary>It overrides how the history is read.</summary>
public class ReadingHistory(HistoryRepositoryDependencies dependencies) : NpgsqlHistoryRepository(dependencies)
{
    public override IReadOnlyList<HistoryRow> GetAppliedMigrations() => base.GetAppliedMigrations();
}

public abstract class CustomHistoryContext<THistory> : DbContext
    where THistory : IHistoryRepository
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.UseNpgsql("Host=127.0.0.1;Database=app").ReplaceService<IHistoryRepository, THistory>();
}

public class VersionHistoryContext : CustomHistoryContext<VersionHistory>;

public class NonDeterministicHistoryContext : CustomHistoryContext<NonDeterministicHistory>;

public class ReadingHistoryContext : CustomHistoryContext<ReadingHistory>;

[DbContext(typeof(VersionHistoryContext))]
[Migration("20260101000000_Initial")]
public class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("SELECT 1;");
}

[DbContext(typeof(VersionHistoryContext))]
public class Snapshot : ModelSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder) => modelBuilder.HasAnnotation("ProductVersion", ProductInfo.GetVersion());
}
