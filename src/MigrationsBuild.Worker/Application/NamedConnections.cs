using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace MigrationsBuild.Worker.Application;

/// <summary>
/// Connection strings that are a name in the configuration, <c>Name=ConnectionStrings:Shop</c>. If the configuration has no such name,
/// EF Core doesn't even build the model, though that needs no connection. In that case the name stands for an empty string.
/// </summary>
internal static class NamedConnections
{
    private const string Prefix = "name=";

    private static readonly FieldInfo? _options = typeof(DbContext).GetField("_options", BindingFlags.Instance | BindingFlags.NonPublic);

    /// <summary>The name in a context's connection string; <see langword="null"/> if it isn't a name.</summary>
    public static string? NameOf(DbContext context)
    {
        var options = context.GetService<IDbContextOptions>().Extensions.OfType<RelationalOptionsExtension>().FirstOrDefault();
        return options?.ConnectionString is { } text && text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? text[Prefix.Length..].Trim()
            : null;
    }

    /// <summary>Creates a context that can be used, whether the configuration has its name or not.</summary>
    /// <param name="create">Creates a context without asking it for a service.</param>
    /// <param name="configure">Asks it for its first service, which calls <c>OnConfiguring</c>.</param>
    public static DbContext Create(Func<DbContext> create, Action<DbContext> configure)
    {
        var context = create();
        if (HasConnection(context, configure) || _options is null)
            return context;
        Discard(context);
        context = create();
        var options = (DbContextOptions)_options.GetValue(context)!;
        var core = options.FindExtension<CoreOptionsExtension>() ?? new CoreOptionsExtension();
        var services = new Services(core.ApplicationServiceProvider);
        _options.SetValue(context, options.WithExtension(core.WithApplicationServiceProvider(services)));
        configure(context);
        return context;
    }

    /// <summary>EF Core looks the name up when it creates its own service for the connection, at the first request for a service.</summary>
    private static bool HasConnection(DbContext context, Action<DbContext> configure)
    {
        try
        {
            configure(context);
            _ = context.GetInfrastructure().GetService(typeof(IRelationalConnection));
            return true;
        }
        catch (InvalidOperationException failure) when (IsUnknownName(failure))
        {
            return false;
        }
    }

    /// <summary>A context of a pool asks for all services again when it is disposed.</summary>
    private static void Discard(DbContext context)
    {
        try
        {
            context.Dispose();
        }
        catch (InvalidOperationException failure) when (IsUnknownName(failure))
        {
        }
    }

    private static bool IsUnknownName(InvalidOperationException failure) => failure.TargetSite?.Name == "ResolveConnectionString";

    private sealed class Services(IServiceProvider? inner) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(IConfiguration)
            ? new Configuration(inner?.GetService(serviceType) as IConfiguration)
            : inner?.GetService(serviceType);
    }

    private sealed class Configuration(IConfiguration? inner) : IConfiguration
    {
        private IConfiguration Inner => inner ?? throw new NotSupportedException("The application has no configuration.");

        public string? this[string key]
        {
            get => inner?[key] ?? "";
            set => Inner[key] = value;
        }

        public IConfigurationSection GetSection(string key) => Inner.GetSection(key);

        public IEnumerable<IConfigurationSection> GetChildren() => Inner.GetChildren();

        public IChangeToken GetReloadToken() => Inner.GetReloadToken();
    }
}
