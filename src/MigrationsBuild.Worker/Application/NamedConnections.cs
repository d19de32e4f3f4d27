using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace MigrationsBuild.Worker.Application;

/// <summary>
/// Connection strings that only a name in the configuration gives, <c>Name=ConnectionStrings:Shop</c>. Without such a setting EF Core can't
/// even tell the model of the context, though that needs no connection. So the name then means an empty text.
/// </summary>
internal static class NamedConnections
{
    private const string Prefix = "name=";

    private static readonly FieldInfo? _options = typeof(DbContext).GetField("_options", BindingFlags.Instance | BindingFlags.NonPublic);

    /// <summary>The name that a context's connection string is; <see langword="null"/> if it is the string itself.</summary>
    /// <param name="context">The context.</param>
    public static string? NameOf(DbContext context) =>
        context.GetService<IDbContextOptions>().Extensions.OfType<RelationalOptionsExtension>().FirstOrDefault()?.ConnectionString is { } text
        && text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? text[Prefix.Length..].Trim() : null;

    /// <summary>A context that can be used, whether its name has a setting or not.</summary>
    /// <param name="create">Creates one, without asking it for anything.</param>
    /// <param name="configure">Asks it for its first service, which calls <c>OnConfiguring</c>.</param>
    public static DbContext Create(Func<DbContext> create, Action<DbContext> configure)
    {
        var context = create();
        if (HasConnection(context, configure) || _options is null)
            return context;
        context.Dispose();
        context = create();
        var options = (DbContextOptions)_options.GetValue(context)!;
        var core = options.FindExtension<CoreOptionsExtension>() ?? new CoreOptionsExtension();
        _options.SetValue(context, options.WithExtension(core.WithApplicationServiceProvider(new Services(core.ApplicationServiceProvider))));
        configure(context);
        return context;
    }

    /// <summary>
    /// EF Core looks the name up when it creates its own service for the connection, with the first service that is asked for.
    /// </summary>
    private static bool HasConnection(DbContext context, Action<DbContext> configure)
    {
        try
        {
            configure(context);
            _ = context.GetInfrastructure().GetService(typeof(IRelationalConnection));
            return true;
        }
        catch (InvalidOperationException failure) when (failure.TargetSite?.Name == "ResolveConnectionString")
        {
            return false;
        }
    }

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
