using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>
/// The services of the project's own Microsoft.EntityFrameworkCore.Design. They are called by name, with arguments bound by
/// parameter name: signatures and assemblies of theirs changed with EF Core 9 and 11.
/// </summary>
internal sealed class DesignTime
{
    private readonly Assembly _design;
    private readonly IServiceProvider _services;

    /// <summary>The services for a context.</summary>
    /// <param name="context">A fresh context: what they do to its models spoils it for a second use.</param>
    /// <param name="application">The project's assembly.</param>
    /// <exception cref="MigrationsException">The project has no Design package.</exception>
    public DesignTime(DbContext context, Assembly application)
    {
        _design = Require();
        var ignore = (string _) => { };
        var handler = Create("Microsoft.EntityFrameworkCore.Design.OperationReportHandler", new() { ["errorHandler"] = ignore, ["warningHandler"] = ignore, ["informationHandler"] = ignore, ["verboseHandler"] = ignore });
        var reporter = Create("Microsoft.EntityFrameworkCore.Design.Internal.OperationReporter", new() { ["handler"] = handler });
        var builder = Create("Microsoft.EntityFrameworkCore.Design.Internal.DesignTimeServicesBuilder", new()
        {
            ["assembly"] = application,
            ["startupAssembly"] = application,
            ["reporter"] = reporter,
            ["args"] = Array.Empty<string>(),
        });
        var provider = (IServiceProvider)builder.GetType().GetMethod("Build", [typeof(DbContext)])!.Invoke(builder, [context])!;
        _services = provider.CreateScope().ServiceProvider;
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
                "Migrations in C# are written by Microsoft.EntityFrameworkCore.Design, which this project doesn't reference. Run: dotnet add package Microsoft.EntityFrameworkCore.Design",
                inner: failure);
        }
    }

    /// <summary>The service of that type.</summary>
    /// <param name="type">Full name of a type in the Design assembly, or in EF Core's relational one.</param>
    public object Service(string type) => _services.GetRequiredService(TypeOf(type));

    /// <summary>Calls a method.</summary>
    /// <param name="target">The object.</param>
    /// <param name="contract">Full name of the interface that has the method.</param>
    /// <param name="method">The method's name; of several, the one with the most parameters that all can be bound.</param>
    /// <param name="arguments">The arguments by parameter name; those the method doesn't have are left out.</param>
    public object? Call(object target, string contract, string method, Dictionary<string, object?> arguments)
    {
        var found = TypeOf(contract).GetMethods()
            .Where(candidate => candidate.Name == method && CanBind(candidate, arguments))
            .OrderByDescending(candidate => candidate.GetParameters().Length)
            .First();
        return found.Invoke(target, Bind(found, arguments));
    }

    private object Create(string type, Dictionary<string, object?> arguments)
    {
        var constructor = TypeOf(type).GetConstructors().Where(candidate => CanBind(candidate, arguments)).OrderByDescending(candidate => candidate.GetParameters().Length).First();
        return constructor.Invoke(Bind(constructor, arguments));
    }

    private Type TypeOf(string name) => _design.GetType(name) ?? typeof(RelationalDatabaseFacadeExtensions).Assembly.GetType(name, throwOnError: true)!;

    private static bool CanBind(MethodBase method, Dictionary<string, object?> arguments) =>
        method.GetParameters().All(parameter => arguments.ContainsKey(parameter.Name!) || parameter.HasDefaultValue);

    private static object?[] Bind(MethodBase method, Dictionary<string, object?> arguments) =>
        [.. method.GetParameters().Select(parameter => arguments.TryGetValue(parameter.Name!, out var value) ? Adapt(value, parameter.ParameterType) : parameter.DefaultValue)];

    private static object? Adapt(object? value, Type type) =>
        value is Action<string> action && type != typeof(Action<string>) ? Delegate.CreateDelegate(type, action.Target, action.Method) : value;
}
