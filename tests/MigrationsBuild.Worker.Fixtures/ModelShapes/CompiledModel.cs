using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using MigrationsBuild.Worker.Fixtures.Drift;

namespace MigrationsBuild.Worker.Fixtures.ModelShapes.CompiledModel;

/// <summary>A compiled model that is older than its class, and a custom SQL generator.</summary>
public class CompiledModelContext : UsersContext<User>
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        base.OnConfiguring(optionsBuilder);
        optionsBuilder.UseModel(new StaleModel()).ReplaceService<IMigrationsSqlGenerator, Commenting>();
    }
}

public class User
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public string? Avatar { get; set; }
}

#pragma warning disable EF1001 // Compiled models and SQL generators need internal API of EF Core.
/// <summary>As <c>dotnet ef dbcontext optimize</c> writes it.</summary>
public class StaleModel() : RuntimeModel(skipDetectChanges: false, modelId: Guid.Empty, entityTypeCount: 0);

public class Commenting(MigrationsSqlGeneratorDependencies dependencies, IRelationalAnnotationProvider annotations)
    : SqliteMigrationsSqlGenerator(dependencies, annotations)
{
    protected override void Generate(AddColumnOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate)
    {
        builder.AppendLine("/* ours */");
        base.Generate(operation, model, builder, terminate);
    }
}

[DbContext(typeof(CompiledModelContext))]
[Migration(UsersMigration.Initial)]
public class Initial : UsersMigration;

[DbContext(typeof(CompiledModelContext))]
public class Snapshot : UsersSnapshot;
