namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>Base types and interfaces of libraries by which EF Core, or the worker, finds a type without being given it.</summary>
internal static class ModelContracts
{
    // Libraries whose base types and interfaces are not EF Core's.
    private static readonly string[] _unrelatedAssemblies =
    [
        "MediatR", "MediatR.Contracts", "FluentValidation", "AutoMapper", "Grpc.Core.Api", "Google.Protobuf", "Quartz", "Hangfire.Core",
        "Polly", "Polly.Core", "MassTransit.Abstractions", "Asp.Versioning.Abstractions",
    ];

    /// <summary>
    /// Whether a type with this base type or interface may be a context, a factory, a configuration, a migration or the like. A base type
    /// of an unknown library may be a context.
    /// </summary>
    public static bool Contains(ExternalType type) => type.Assembly.Contains("EntityFrameworkCore")
        || type.Assembly.Contains("EFCore")
        || type.Name.Contains("Context")
        || (!ExternalCalls.IsKnown(type.Assembly) && Array.IndexOf(_unrelatedAssemblies, type.Assembly) < 0);

    /// <summary>Whether the worker reads all methods of types with this base type: they may read resources.</summary>
    public static bool IsOfMigrations(ExternalType type) => type.Name
        is "Microsoft.EntityFrameworkCore.Migrations.Migration" or "Microsoft.EntityFrameworkCore.Infrastructure.ModelSnapshot";
}
