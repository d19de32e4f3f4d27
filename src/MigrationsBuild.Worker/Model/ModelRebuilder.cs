using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;

namespace MigrationsBuild.Worker.Model;

/// <summary>Builds a context's model once more, past EF Core's cache, as <c>Database.Migrate()</c> does it before it complains.</summary>
internal static class ModelRebuilder
{
    /// <summary>The model, built anew.</summary>
    /// <param name="context">The context.</param>
    /// <param name="simulated">What differs from this machine while it is built.</param>
    /// <returns>The model; <see langword="null"/> if the context's model isn't built but given, or by a service that isn't EF Core's.</returns>
    public static IRelationalModel? Rebuild(DbContext context, MachineSettings simulated)
    {
        if (context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.Model is not (null or RuntimeModel))
            return null;

        // Protected in EF Core 8, and still what the public method of later versions calls.
        var source = context.GetService<IModelSource>();
        Type[] parameters = [typeof(DbContext), typeof(IConventionSetBuilder), typeof(ModelDependencies)];
        var create = source.GetType().GetMethod("CreateModel", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public, parameters);
        var dependencies = context.GetService<ModelCreationDependencies>();
        var model = SimulatedMachine.Run(simulated, () => (IModel?)create?.Invoke(source, [context, dependencies.ConventionSetBuilder, dependencies.ModelDependencies]));
        return ModelDrift.Finalized(context, model)?.GetRelationalModel();
    }
}
