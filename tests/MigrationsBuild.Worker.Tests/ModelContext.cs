using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace MigrationsBuild.Worker.Tests;

/// <summary>A context with the model of a test.</summary>
/// <param name="model">Builds the model.</param>
internal sealed class ModelContext(Provider provider, Action<ModelBuilder> model) : DbContext
{
    public IRelationalModel RelationalModel => this.GetService<IDesignTimeModel>().Model.GetRelationalModel();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        provider.Configure(optionsBuilder);
        optionsBuilder.ReplaceService<IModelCacheKeyFactory, NoCaching>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) => model(modelBuilder);

    private sealed class NoCaching : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) => (context, designTime);
    }
}
