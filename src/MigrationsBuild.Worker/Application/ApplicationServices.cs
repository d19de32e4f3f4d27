using System.Diagnostics;
using System.Reflection;

namespace MigrationsBuild.Worker.Application;

/// <summary>
/// The services that an application's start-up code registers. Its entry point runs until its host is built, and is held there. If the
/// application has one of the methods that EF Core's own tool calls instead, that method is called.
/// </summary>
/// <remarks>
/// Microsoft.Extensions.Hosting announces that moment to tools through the DiagnosticListener of its name.
/// Main is not run in an application that doesn't use that package: it would run to its end.
/// </remarks>
internal sealed class ApplicationServices : ListenerObserver
{
    /// <summary>The names of the method that creates the host, or its builder, in the templates of ASP.NET Core 2 and 3.</summary>
    private static readonly string[] _hostMethods = ["BuildWebHost", "CreateWebHostBuilder", "CreateHostBuilder"];

    // Hosts that other threads build at the same time aren't the application's.
    private readonly AsyncLocal<bool> _isEntryPoint = new();
    private readonly TaskCompletionSource<IServiceProvider?> _services = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly string[] _arguments;

    private ApplicationServices(string[] arguments)
        : base("Microsoft.Extensions.Hosting") => _arguments = arguments;

    /// <summary>
    /// The services; <see langword="null"/> for a library and for an application that builds no host. An exception that the entry point
    /// throws before its host is built is thrown here.
    /// </summary>
    public static IServiceProvider? Of(Assembly application, string[] arguments)
    {
        if (application.EntryPoint is not { } entryPoint || !UsesHosting())
            return null;
        var services = new ApplicationServices(arguments);
        using (DiagnosticListener.AllListeners.Subscribe(services))
        {
            new Thread(() => services.Run(entryPoint)) { IsBackground = true, Name = "Main" }.Start();
            return services._services.Task.GetAwaiter().GetResult();
        }
    }

    private static bool UsesHosting()
    {
        try
        {
            Assembly.Load("Microsoft.Extensions.Hosting");
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private void Run(MethodInfo entryPoint)
    {
        _isEntryPoint.Value = true;
        try
        {
            var args = ArgumentsOf(entryPoint);
            if (HostMethod(entryPoint) is { } method)
            {
                var host = method.Invoke(null, [args])!;
                host = host.GetType().GetMethod("Build", Type.EmptyTypes)?.Invoke(host, null) ?? host;
                _services.TrySetResult(ServicesOf(host));
                return;
            }

            var result = entryPoint.Invoke(null, entryPoint.GetParameters().Length == 0 ? [] : [args]);
            (result as Task)?.GetAwaiter().GetResult();
            _services.TrySetResult(null);
        }
        catch (TargetInvocationException failure)
        {
            _services.TrySetException(failure.InnerException ?? failure);
        }
    }

    /// <summary>
    /// By default the host takes the entry assembly for the application, and here that is the worker. EF Core's tool passes the same
    /// argument, also after those of the user.
    /// </summary>
    private string[] ArgumentsOf(MethodInfo entryPoint) =>
        Array.Exists(_arguments, IsApplicationName)
            ? [.. _arguments]
            : [.. _arguments, "--applicationName", entryPoint.Module.Assembly.GetName().Name!];

    private static bool IsApplicationName(string argument) =>
        argument.TrimStart('-', '/').Split('=')[0].Equals("applicationName", StringComparison.OrdinalIgnoreCase);

    private static MethodInfo? HostMethod(MethodInfo entryPoint)
    {
        const BindingFlags AnyStatic = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        return _hostMethods
            .Select(name => entryPoint.DeclaringType?.GetMethod(name, AnyStatic, [typeof(string[])]))
            .FirstOrDefault(method => method is not null);
    }

    private static IServiceProvider? ServicesOf(object host) => (IServiceProvider?)host.GetType().GetInterfaces()
        .Select(contract => contract.GetProperty("Services", typeof(IServiceProvider)))
        .FirstOrDefault(services => services is not null)
        ?.GetValue(host);

    /// <inheritdoc/>
    protected override void OnEvent(string name, object? value)
    {
        if (name != "HostBuilt" || !_isEntryPoint.Value || value is not { } host)
            return;
        _services.TrySetResult(ServicesOf(host));

        // Main must not continue and run the application. Its catch blocks would see an exception, so the thread just waits.
        Thread.Sleep(Timeout.Infinite);
    }
}
