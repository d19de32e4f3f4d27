using System.Diagnostics;
using System.Reflection;

namespace MigrationsBuild.Worker.Application;

/// <summary>
/// The services that an application's start-up code registers: its entry point runs up to the moment at which its host is built,
/// and is held there.
/// </summary>
/// <remarks>
/// Microsoft.Extensions.Hosting announces that moment through the DiagnosticListener of its name, for tools like this one.
/// Main is not run in an application that doesn't use that package: it would run to its end.
/// </remarks>
internal sealed class ApplicationServices : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    // Hosts that other code builds meanwhile, on other threads, aren't the application's.
    private readonly AsyncLocal<bool> _isEntryPoint = new();
    private readonly TaskCompletionSource<IServiceProvider?> _services = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ApplicationServices()
    {
    }

    /// <summary>The services.</summary>
    /// <param name="application">The application's assembly.</param>
    /// <returns>The services; <see langword="null"/> if it is no application or builds no host.</returns>
    /// <remarks>What the entry point throws before its host is built is thrown here.</remarks>
    public static IServiceProvider? Of(Assembly application)
    {
        if (application.EntryPoint is not { } entryPoint || !UsesHosting())
            return null;
        var services = new ApplicationServices();
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
            string[] args = ["--applicationName", entryPoint.Module.Assembly.GetName().Name!];
            var result = entryPoint.Invoke(null, entryPoint.GetParameters().Length == 0 ? [] : [args]);
            (result as Task)?.GetAwaiter().GetResult();
            _services.TrySetResult(null);
        }
        catch (TargetInvocationException failure)
        {
            _services.TrySetException(failure.InnerException ?? failure);
        }
    }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener listener)
    {
        if (listener.Name == "Microsoft.Extensions.Hosting")
            listener.Subscribe(this);
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> announcement)
    {
        if (announcement.Key != "HostBuilt" || !_isEntryPoint.Value || announcement.Value is not { } host)
            return;
        var services = host.GetType().GetInterface("Microsoft.Extensions.Hosting.IHost")?.GetProperty("Services")?.GetValue(host);
        _services.TrySetResult((IServiceProvider?)services);

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
