using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Worker.Design;

/// <summary>
/// The services of the project's own Microsoft.EntityFrameworkCore.Design. They are called by reflection, with arguments bound by
/// parameter name, because their signatures and assemblies changed with EF Core 9 and 11.
/// </summary>
internal sealed class DesignTime
{
    private readonly Assembly _design;
    private readonly IServiceProvider _services;

    /// <summary>The services for a context.</summary>
    /// <param name="context">A new context. It can't be used again, because the services change its models.</param>
    /// <param name="application">The assembly that creates the context.</param>
    /// <param name="replacements">Services that replace those of the context, by type.</param>
    /// <exception cref="MigrationsException">The project has no Design package.</exception>
    public DesignTime(DbContext context, Assembly application, IReadOnlyDictionary<Type, object>? replacements = null)
    {
        _design = Require();
        var builder = Create(TypeOf(_design, "Microsoft.EntityFrameworkCore.Design.Internal.DesignTimeServicesBuilder"), new()
        {
            ["assembly"] = context.GetService<IMigrationsAssembly>().Assembly,
            ["startupAssembly"] = application,
            ["reporter"] = Reporter(_design),
            ["args"] = Array.Empty<string>(),
        });
        var create = builder.GetType().GetMethod("CreateServiceCollection", [typeof(DbContext)])!;
        var services = (IServiceCollection)create.Invoke(builder, [context])!;
        foreach (var (type, instance) in replacements ?? new Dictionary<Type, object>())
            services.AddSingleton(type, instance);
        _services = services.BuildServiceProvider().CreateScope().ServiceProvider;
    }

    /// <summary>Loads the Design package.</summary>
    /// <exception cref="MigrationsException">The project has none.</exception>
    public static Assembly Require()
    {
        try
        {
            return Assembly.Load("Microsoft.EntityFrameworkCore.Design");
        }
        catch (FileNotFoundException failure)
        {
            throw new MigrationsException(
                DiagnosticCodes.NoDesignPackage,
                "Migrations in C# are written by Microsoft.EntityFrameworkCore.Design, which this project doesn't reference. "
                + $"Run: dotnet add package Microsoft.EntityFrameworkCore.Design --version {ProductInfo.GetVersion()}",
                inner: failure);
        }
    }

    /// <summary>Whether the project has the Design package.</summary>
    public static bool IsAvailable
    {
        get
        {
            try
            {
                Require();
                return true;
            }
            catch (MigrationsException)
            {
                return false;
            }
        }
    }

    /// <summary>Updates a snapshot's model to this version of EF Core and finalizes it, as <c>migrations add</c> does.</summary>
    /// <param name="context">A context of the same type.</param>
    /// <param name="model">The model as the snapshot builds it, not finalized yet.</param>
    public static IModel ProcessSnapshot(DbContext context, IModel model)
    {
        var design = Require();
        var type = TypeOf(
            design,
            "Microsoft.EntityFrameworkCore.Migrations.Internal.SnapshotModelProcessor",
            "Microsoft.EntityFrameworkCore.Migrations.SnapshotModelProcessor");
        var processor = Create(type, new()
        {
            ["operationReporter"] = Reporter(design),
            ["modelRuntimeInitializer"] = context.GetService<IModelRuntimeInitializer>(),
        });
        return (IModel?)Call(type, processor, "Process", new() { ["model"] = model, ["resetVersion"] = false })
            ?? throw new InvalidOperationException("The snapshot's model is finalized already.");
    }

    /// <summary>Gets a service by the name of its type.</summary>
    /// <param name="type">The full name of a type in the assembly Design or Relational.</param>
    public object Service(string type) => _services.GetRequiredService(TypeOf(_design, type));

    /// <summary>The code generator for a language. EF Core has one for C#, and a project may register others.</summary>
    /// <param name="language">The project's language, as MSBuild names it.</param>
    /// <exception cref="MigrationsException">There is no generator for that language.</exception>
    public object CodeGenerator(string language)
    {
        const string Selector = "Microsoft.EntityFrameworkCore.Migrations.Design.IMigrationsCodeGeneratorSelector";
        try
        {
            return Call(Service(Selector), Selector, "Select", new() { ["language"] = language.Length > 0 ? language : "C#" })!;
        }
        catch (TargetInvocationException failure) when (failure.InnerException is { } cause && cause.GetType().Name == "OperationException")
        {
            throw new MigrationsException(
                DiagnosticCodes.NoLanguage,
                $"EF Core writes migrations in C#, and this project has no generator for {language}. Register one, or keep the "
                + "migrations in a C# project that references this one, and name that project with MigrationsAssembly(\"…\") "
                + "where the context is configured.",
                new Hint("Then run in that project", VerbTable.Revision),
                inner: failure);
        }
    }

    /// <summary>Scaffolds a migration, and doesn't write its files.</summary>
    /// <param name="language">The project's language, as MSBuild names it.</param>
    /// <param name="name">The name of the migration.</param>
    /// <param name="rootNamespace">The namespace to which EF Core appends the next one; <see langword="null"/> for none.</param>
    /// <param name="subNamespace">The rest of the namespace, or all of it, as <c>dotnet ef --namespace</c> passes it.</param>
    /// <returns>The <c>ScaffoldedMigration</c>.</returns>
    /// <exception cref="MigrationsException">There is no generator for that language.</exception>
    public object Scaffold(string language, string name, string? rootNamespace, string? subNamespace)
    {
        CodeGenerator(language);
        const string Scaffolder = "Microsoft.EntityFrameworkCore.Migrations.Design.IMigrationsScaffolder";
        return Call(Service(Scaffolder), Scaffolder, "ScaffoldMigration", new()
        {
            ["migrationName"] = name,
            ["rootNamespace"] = rootNamespace,
            ["subNamespace"] = subNamespace,
            ["language"] = language,
            ["dryRun"] = true,
        })!;
    }

    /// <summary>Calls a method of a service.</summary>
    /// <param name="contract">The full name of the interface that has the method.</param>
    /// <param name="method">The method's name. Of several overloads that can be bound, the one with the most parameters is called.</param>
    /// <param name="arguments">The arguments by parameter name. Those for which the method has no parameter are ignored.</param>
    public object? Call(object target, string contract, string method, Dictionary<string, object?> arguments) =>
        Call(TypeOf(_design, contract), target, method, arguments);

    private static object? Call(Type contract, object target, string method, Dictionary<string, object?> arguments)
    {
        var found = contract.GetMethods()
            .Where(candidate => candidate.Name == method && CanBind(candidate, arguments))
            .OrderByDescending(candidate => candidate.GetParameters().Length)
            .First();
        return found.Invoke(target, Bind(found, arguments));
    }

    private static object Reporter(Assembly design)
    {
        var ignore = (string _) => { };
        var handler = Create(
            TypeOf(design, "Microsoft.EntityFrameworkCore.Design.OperationReportHandler"),
            new()
            {
                ["errorHandler"] = ignore,
                ["warningHandler"] = ignore,
                ["informationHandler"] = ignore,
                ["verboseHandler"] = ignore,
            });
        return Create(TypeOf(design, "Microsoft.EntityFrameworkCore.Design.Internal.OperationReporter"), new() { ["handler"] = handler });
    }

    private static object Create(Type type, Dictionary<string, object?> arguments)
    {
        var constructor = type.GetConstructors()
            .Where(candidate => CanBind(candidate, arguments))
            .OrderByDescending(candidate => candidate.GetParameters().Length)
            .First();
        return constructor.Invoke(Bind(constructor, arguments));
    }

    /// <summary>The first of these types that exists, in Design or in Relational, to which EF Core 11 has moved some.</summary>
    private static Type TypeOf(Assembly design, params string[] names)
    {
        var relational = typeof(RelationalDatabaseFacadeExtensions).Assembly;
        return names.SelectMany(name => new[] { design.GetType(name), relational.GetType(name) }).First(type => type is not null)!;
    }

    private static bool CanBind(MethodBase method, Dictionary<string, object?> arguments) =>
        method.GetParameters().All(parameter => arguments.ContainsKey(parameter.Name!) || parameter.HasDefaultValue);

    private static object?[] Bind(MethodBase method, Dictionary<string, object?> arguments) =>
    [
        .. method.GetParameters().Select(parameter => arguments.TryGetValue(parameter.Name!, out var value)
            ? Adapt(value, parameter.ParameterType)
            : parameter.DefaultValue),
    ];

    private static object? Adapt(object? value, Type type) =>
        value is Action<string> action && type != typeof(Action<string>)
            ? Delegate.CreateDelegate(type, action.Target, action.Method)
            : value;
}
