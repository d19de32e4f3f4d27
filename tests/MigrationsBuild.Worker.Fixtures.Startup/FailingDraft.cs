using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace MigrationsBuild.Worker.Fixtures.Startup.FailingDraft;

/// <summary>The application's generator of C# fails on its first migration.</summary>
public class FailingDraftContext : DbContext
{
    public DbSet<Item> Drafts => Set<Item>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSqlite("Data Source=app.db");
}

[DbContext(typeof(FailingDraftContext))]
public class FailingDraftSnapshot : ModelSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder) => modelBuilder.HasAnnotation("ProductVersion", ProductInfo.GetVersion());
}

public class DesignServices : IDesignTimeServices
{
    public void ConfigureDesignTimeServices(IServiceCollection serviceCollection) =>
        serviceCollection.AddSingleton<IMigrationsCodeGenerator, FailingGenerator>();
}

public class FailingGenerator(MigrationsCodeGeneratorDependencies dependencies, CSharpMigrationsGeneratorDependencies csharp)
    : CSharpMigrationsGenerator(dependencies, csharp)
{
    public override string GenerateMigration(
        string? migrationNamespace,
        string migrationName,
        IReadOnlyList<MigrationOperation> upOperations,
        IReadOnlyList<MigrationOperation> downOperations) =>
        upOperations.OfType<CreateTableOperation>().Any(table => table.Name == "Drafts")
            ? throw new NotSupportedException("no drafts")
            : base.GenerateMigration(migrationNamespace, migrationName, upOperations, downOperations);
}
