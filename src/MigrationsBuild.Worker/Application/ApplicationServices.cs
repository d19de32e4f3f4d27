using System.Diagnostics;
using System.Reflection;

namespace MigrationsBuild.Worker.Application;

/// <summary>
/// The services that an application's start-up code registers: its entry point runs up to the moment at which its host is built,
/// and is held there. Where it has one of the methods that EF Core's own tool calls instead, so does this.
/// </summary>
/// <remarks>
/// Microsoft.Extensions.Hosting announces that moment through the DiagnosticListener of its name, for tools like this one.
/// Main is not run in an application that doesn't use that package: it would run to its end.
/// </remarks>
internal sealed class ApplicationServices : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    /// <summary>The names that templates of ASP.NET Core 2 and 3 gave the method that makes the host; two of them make its builder.</summary>
    private static readonly string[] _hostMethods = ["BuildWebHost", "CreateWebHostBuilder", "CreateHostBuilder"];

    // Hosts that other code builds meanwhile, on other threads, aren't the application's.
    private readonly AsyncLocal<bool> _isEntryPoint = new();
    private readonly TaskCompletionSource<IServiceProvider?> _services = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly string[] _arguments;

    private ApplicationServices(string[] arguments) => _arguments = arguments;

    /// <summary>The services.</summary>
    /// <param name="application">The application's assembly.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The services; <see langword="null"/> if it is no application or builds no host.</returns>
    /// <remarks>What the entry point throws before its host is built is thrown here.</remarks>
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
    /// By default the host takes the entry assembly for the application, and here that is this worker. EF Core's tool
    /// says so in the same way, behind what the user says.
    /// </summary>
    private string[] ArgumentsOf(MethodInfo entryPoint) =>
        Array.Exists(_arguments, argument => argument.TrimStart('-', '/').Split('=')[0].Equals("applicationName", StringComparison.OrdinalIgnoreCase))
            ? [.. _arguments]
            : [.. _arguments, "--applicationName", entryPoint.Module.Assembly.GetName().Name!];

    private static MethodInfo? HostMethod(MethodInfo entryPoint) => _hostMethods
        .Select(name => entryPoint.DeclaringType?.GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(string[])]))
        .FirstOrDefault(method => method is not null);

    private static IServiceProvider? ServicesOf(object host) => (IServiceProvider?)host.GetType().GetInterfaces()
        .Select(contract => contract.GetProperty("Services", typeof(IServiceProvider)))
        .FirstOrDefault(services => services is not null)
        ?.GetValue(host);

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener listener)
    {
        if (listener.Name == "Microsoft.Extensions.Hosting")
            listener.Subscribe(this);
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> announcement)
    {
        if (announcement.Key != "HostBuilt" || !_isEntryPoint.Value || announcement.Value is not { } host)
            return;
        _services.TrySetResult(ServicesOf(host));

        // Main must not go on to run the application. An exception would be a surprise for its catch blocks; it just waits.
        Thread.Sleep(Timeout.Infinite);
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }
}
