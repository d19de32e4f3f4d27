using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace MigrationsBuild.Worker.Application;

/// <summary>Finds the DbContexts of a project and creates them, by the rules of EF Core's own tool.</summary>
/// <param name="application">The assembly whose start-up code creates them.</param>
/// <param name="project">The project's assembly: the application itself, unless it has a start-up project.</param>
/// <param name="references">The assemblies of referenced projects that no other build checks.</param>
/// <param name="arguments">The arguments for factories and for the entry point.</param>
/// <param name="watchdog">Limits the time that the start-up code takes.</param>
internal sealed class ContextFinder(
    Assembly application, Assembly project, IReadOnlyList<Assembly> references, string[] arguments, Watchdog watchdog)
{
    private readonly Lazy<IServiceProvider?> _services = new(
        () => watchdog.StartupCode("Main", application.EntryPoint, () => ApplicationServices.Of(application, arguments)));
    private readonly Dictionary<Assembly, IReadOnlyList<Type>> _types = [];

    /// <summary>
    /// The types: those that design-time factories create, those in the project, those that migrations belong to, and those that the
    /// start-up code registers. That code doesn't run if each of the others has a factory: it is slow, and it may need things that a build
    /// doesn't have.
    /// </summary>
    public IReadOnlyList<Type> FindTypes()
    {
        EF.IsDesignTime = true;
        SetEnvironment();
        var types = Factories().Select(factory => factory.Context)
            .Concat(ContextsOf(project))
            .Concat(references.Prepend(project).SelectMany(OwnersOfMigrations))
            .Distinct()
            .ToList();
        var isEnough = types.Count > 0 ? types.TrueForAll(type => FactoryOf(type) is not null) : !Assemblies.Any(ReferencesEfCore);
        return isEnough ? types : [.. types.Concat(Registered(types.Count > 0)).Distinct()];
    }

    /// <summary>Creates a context. Each call gives a new one, because a context can be compared only once.</summary>
    /// <param name="type">One of <see cref="FindTypes"/>.</param>
    public DbContext Create(Type type) => NamedConnections.Create(() => CreateAsRegistered(type), context => Configure(context, type));

    private DbContext CreateAsRegistered(Type type)
    {
        var factory = FactoryOf(type);
        var services = factory is null ? _services.Value : null;
        return factory is null
            ? watchdog.StartupCode($"the constructor of {type.Name}", type, () => FromServices(services, type))
            : watchdog.StartupCode($"{factory.Name}.CreateDbContext", factory, () => FromFactory(factory, type));
    }

    /// <summary>Asks the context for its first service, which calls OnConfiguring.</summary>
    private void Configure(DbContext context, Type type) =>
        watchdog.StartupCode($"{type.Name}.OnConfiguring", type, () => context.GetService<IDbContextOptions>());

    private static DbContext FromServices(IServiceProvider? application, Type type)
    {
        if (application?.CreateScope().ServiceProvider is not { } services)
            return (DbContext)ActivatorUtilities.CreateInstance(EmptyServices.Instance, type);
        var runtimeFactory = services.GetService(typeof(IDbContextFactory<>).MakeGenericType(type));
        return runtimeFactory is null
            ? (DbContext)ActivatorUtilities.GetServiceOrCreateInstance(services, type)
            : (DbContext)typeof(IDbContextFactory<>).MakeGenericType(type).GetMethod("CreateDbContext")!.Invoke(runtimeFactory, null)!;
    }

    /// <summary>The ids of all migrations of an assembly, whichever context they belong to.</summary>
    public IEnumerable<string> MigrationsIn(Assembly assembly) => ConstructibleTypes(assembly)
        .Where(typeof(Migration).IsAssignableFrom)
        .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
        .OfType<string>();

    private IEnumerable<Assembly> Assemblies => references.Prepend(project).Prepend(application).Distinct();

    /// <summary>The contexts that are registered as services; without services, those of referenced projects that need none.</summary>
    /// <param name="mayFail">Whether the start-up code's failure will also be reported when a context is created.</param>
    private List<Type> Registered(bool mayFail)
    {
        try
        {
            return _services.Value is { } services
                ? watchdog.StartupCode("the registration of contexts", application.EntryPoint, () => ContextsIn(services))
                : [.. references.SelectMany(ContextsOf).Where(type => type.GetConstructor(Type.EmptyTypes) is not null)];
        }
        catch (Exception failure) when (mayFail && failure is not OutOfMemoryException)
        {
            return [];
        }
    }

    private static List<Type> ContextsIn(IServiceProvider services) =>
        [.. services.CreateScope().ServiceProvider.GetServices<DbContextOptions>().Select(options => options.ContextType)];

    private Type? FactoryOf(Type type) => Factories().FirstOrDefault(factory => factory.Context == type).Factory
        ?? ConstructibleTypes(type.Assembly).FirstOrDefault(typeof(IDesignTimeDbContextFactory<>).MakeGenericType(type).IsAssignableFrom);

    private IEnumerable<Type> ContextsOf(Assembly assembly) => ConstructibleTypes(assembly).Where(typeof(DbContext).IsAssignableFrom);

    private IEnumerable<Type> OwnersOfMigrations(Assembly assembly) => ConstructibleTypes(assembly)
        .Where(type => typeof(Migration).IsAssignableFrom(type) || typeof(ModelSnapshot).IsAssignableFrom(type))
        .Select(type => type.GetCustomAttribute<DbContextAttribute>()?.ContextType!)
        .Where(type => type is not null);

    private DbContext FromFactory(Type factory, Type type) => (DbContext)typeof(IDesignTimeDbContextFactory<>).MakeGenericType(type)
        .GetMethod("CreateDbContext")!
        .Invoke(Activator.CreateInstance(factory, nonPublic: true), [arguments.ToArray()])!;

    private static bool ReferencesEfCore(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Any(name => name.Name!.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal));

    private IEnumerable<(Type Factory, Type Context)> Factories() =>
        from factory in Assemblies.SelectMany(ConstructibleTypes)
        from contract in factory.GetInterfaces()
        where contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IDesignTimeDbContextFactory<>)
        select (factory, contract.GenericTypeArguments[0]);

    private IReadOnlyList<Type> ConstructibleTypes(Assembly assembly)
    {
        if (!_types.TryGetValue(assembly, out var types))
        {
            var all = LoadableTypes.Of(assembly);
            _types[assembly] = types = [.. all.Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false })];
        }

        return types;
    }

    /// <summary>
    /// As EF Core's tool does it: the environment is Development, unless a variable names another one. A variable that is set is kept.
    /// </summary>
    private static void SetEnvironment()
    {
        string[] variables = ["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"];
        var environment = variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => value is not null) ?? "Development";
        foreach (var variable in variables.Where(variable => Environment.GetEnvironmentVariable(variable) is null))
            Environment.SetEnvironmentVariable(variable, environment);
    }

    private sealed class EmptyServices : IServiceProvider
    {
        public static readonly EmptyServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
