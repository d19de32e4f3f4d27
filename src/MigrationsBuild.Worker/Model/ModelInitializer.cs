using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace MigrationsBuild.Worker.Model;

/// <summary>Finalizes models that C# code has built, so that they can be compared.</summary>
internal static class ModelInitializer
{
    /// <summary>Finalizes a model.</summary>
    /// <param name="context">A context of the same type.</param>
    /// <param name="model">The model as the C# of a snapshot, of a Designer file or of the context builds it.</param>
    /// <returns>The finalized model; <see langword="null"/> for none.</returns>
    public static IModel? Initialize(DbContext context, IModel? model) =>
        model is null ? null : context.GetService<IModelRuntimeInitializer>().Initialize(model, designTime: true, validationLogger: null);
}
