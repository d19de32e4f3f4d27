using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace MigrationsBuild.Worker.Tests;

/// <summary>A context whose model a test writes.</summary>
/// <param name="provider">The provider.</param>
/// <param name="model">Builds the model.</param>
internal sealed class ModelContext(Provider provider, Action<ModelBuilder> model) : DbContext
{
    public IRelationalModel RelationalModel => this.GetService<IDesignTimeModel>().Model.GetRelationalModel();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        provider.Configure(optionsBuilder);
        optionsBuilder.ReplaceService<IModelCacheKeyFactory, EachItsOwn>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) => model(modelBuilder);

    private sealed class EachItsOwn : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) => (context, designTime);
    }
}
