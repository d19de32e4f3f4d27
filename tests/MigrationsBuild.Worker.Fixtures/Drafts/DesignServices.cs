using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace MigrationsBuild.Worker.Fixtures.Drafts;

/// <summary>EF Core's extension point for the text of migrations. A migration with the name WithHeader gets a header.</summary>
public class DesignServices : IDesignTimeServices
{
    public void ConfigureDesignTimeServices(IServiceCollection serviceCollection) =>
        serviceCollection.AddSingleton<IMigrationsCodeGenerator, HeaderGenerator>();
}

public class HeaderGenerator(MigrationsCodeGeneratorDependencies dependencies, CSharpMigrationsGeneratorDependencies csharp)
    : CSharpMigrationsGenerator(dependencies, csharp)
{
    public override string GenerateMigration(
        string? migrationNamespace,
        string migrationName,
        IReadOnlyList<MigrationOperation> upOperations,
        IReadOnlyList<MigrationOperation> downOperations) =>
        (migrationName == "WithHeader" ? "// Ours.\n" : "")
        + base.GenerateMigration(migrationNamespace, migrationName, upOperations, downOperations);
}
