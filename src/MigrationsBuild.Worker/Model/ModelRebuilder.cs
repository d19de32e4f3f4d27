using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;

namespace MigrationsBuild.Worker.Model;

/// <summary>
/// Builds a context's model again without EF Core's cache, as <c>Database.Migrate()</c> does it before it reports a non-deterministic
/// model.
/// </summary>
internal static class ModelRebuilder
{
    /// <summary>Builds the model again.</summary>
    /// <param name="simulated">The settings that differ from those of this machine during the build.</param>
    /// <returns>
    /// The model; <see langword="null"/> if the context doesn't build its model, or if it builds it with another service than EF Core's.
    /// </returns>
    public static IRelationalModel? Rebuild(DbContext context, MachineSettings simulated)
    {
        if (context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.Model is not (null or RuntimeModel))
            return null;

        // The method is protected in EF Core 8. The public method of later versions calls it.
        var source = context.GetService<IModelSource>();
        Type[] parameters = [typeof(DbContext), typeof(IConventionSetBuilder), typeof(ModelDependencies)];
        const BindingFlags Instance = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
        var create = source.GetType().GetMethod("CreateModel", Instance, parameters);
        var dependencies = context.GetService<ModelCreationDependencies>();
        object[] arguments = [context, dependencies.ConventionSetBuilder, dependencies.ModelDependencies];
        var model = SimulatedMachine.Run(simulated, () => (IModel?)create?.Invoke(source, arguments));
        return ModelInitializer.Initialize(context, model)?.GetRelationalModel();
    }
}
