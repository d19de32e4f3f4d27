using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace MigrationsBuild.Worker.Application;

/// <summary>Finds the DbContexts of an application and makes them, by the rules of EF Core's own tool.</summary>
/// <param name="application">The application's assembly.</param>
internal sealed class ContextFinder(Assembly application)
{
    private readonly Lazy<IServiceProvider?> _services = new(() => ApplicationServices.Of(application));

    /// <summary>
    /// The types: those that design-time factories make, those in the assembly, and those that its migrations belong to. Contexts
    /// that only the start-up code knows, from a referenced package, are found if there are no others: running it is dear.
    /// </summary>
    public IReadOnlyList<Type> FindTypes()
    {
        EF.IsDesignTime = true;
        SetEnvironment();
        var types = Factories().Select(factory => factory.Context)
            .Concat(ConstructibleTypes(application).Where(type => typeof(DbContext).IsAssignableFrom(type)))
            .Concat(ConstructibleTypes(application)
                .Where(type => typeof(Migration).IsAssignableFrom(type))
                .Select(type => type.GetCustomAttribute<DbContextAttribute>()?.ContextType!)
                .Where(type => type is not null))
            .Distinct()
            .ToList();
        if (types.Count == 0 && ReferencesEfCore())
            types = _services.Value?.GetServices<DbContextOptions>().Select(options => options.ContextType).Distinct().ToList() ?? [];
        return types;
    }

    /// <summary>Makes a context. Each call gives a fresh one: what one diff does to a context spoils the next.</summary>
    /// <param name="type">One of <see cref="FindTypes"/>.</param>
    public DbContext Create(Type type)
    {
        var factory = Factories().FirstOrDefault(factory => factory.Context == type).Factory
            ?? ConstructibleTypes(type.Assembly).FirstOrDefault(typeof(IDesignTimeDbContextFactory<>).MakeGenericType(type).IsAssignableFrom);
        if (factory is not null)
            return FromFactory(factory, type);
        if (_services.Value?.CreateScope().ServiceProvider is not { } services)
            return (DbContext)ActivatorUtilities.CreateInstance(EmptyServices.Instance, type);
        var runtimeFactory = services.GetService(typeof(IDbContextFactory<>).MakeGenericType(type));
        return runtimeFactory is null
            ? (DbContext)ActivatorUtilities.GetServiceOrCreateInstance(services, type)
            : (DbContext)typeof(IDbContextFactory<>).MakeGenericType(type).GetMethod("CreateDbContext")!.Invoke(runtimeFactory, null)!;
    }

    private static DbContext FromFactory(Type factory, Type type) => (DbContext)typeof(IDesignTimeDbContextFactory<>).MakeGenericType(type)
        .GetMethod("CreateDbContext")!
        .Invoke(Activator.CreateInstance(factory, nonPublic: true), [Array.Empty<string>()])!;

    private bool ReferencesEfCore() =>
        application.GetReferencedAssemblies().Any(name => name.Name!.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal));

    private IEnumerable<(Type Factory, Type Context)> Factories() =>
        from factory in ConstructibleTypes(application)
        from contract in factory.GetInterfaces()
        where contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IDesignTimeDbContextFactory<>)
        select (factory, contract.GenericTypeArguments[0]);

    private static IEnumerable<Type> ConstructibleTypes(Assembly assembly)
    {
        Type?[] types;
        try
        {
            types = assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException failure)
        {
            types = failure.Types;
        }

        return types.Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false })!;
    }

    /// <summary>As EF Core's tool does: design time is development, unless somebody says otherwise.</summary>
    private static void SetEnvironment()
    {
        var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")
            ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
            ?? "Development";
        Environment.SetEnvironmentVariable("ASPNETCORE_ENVIRONMENT", environment);
        Environment.SetEnvironmentVariable("DOTNET_ENVIRONMENT", environment);
    }

    private sealed class EmptyServices : IServiceProvider
    {
        public static readonly EmptyServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
