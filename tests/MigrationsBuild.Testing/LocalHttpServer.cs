using System.Net;

namespace MigrationsBuild.Testing;

/// <summary>An HTTP server on a free port of this machine. It answers requests one after the other until it is disposed.</summary>
public abstract class LocalHttpServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private Task _serving = Task.CompletedTask;

    /// <summary>The port that it listens on after <see cref="Start"/>.</summary>
    public int Port { get; } = LocalPort.Free();

    /// <summary>Begins to answer.</summary>
    /// <param name="host">The name under which it is asked: <c>localhost</c>, <c>127.0.0.1</c>.</param>
    protected void Start(string host)
    {
        _listener.Prefixes.Add($"http://{host}:{Port}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="response">Its response, which is sent on return.</param>
    protected abstract void Answer(HttpListenerRequest request, HttpListenerResponse response);

    /// <summary>Ends it. A request that is never completed is left alone.</summary>
    public void Dispose()
    {
        _listener.Close();
        _serving.Wait(TimeSpan.FromSeconds(10));
        GC.SuppressFinalize(this);
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync().ConfigureAwait(false);
                using var response = context.Response;
                Answer(context.Request, response);
            }
            catch (Exception failure) when (failure is HttpListenerException or InvalidOperationException or IOException)
            {
                // The listener was closed, or the client has disconnected, as a first attempt with TLS does.
            }
        }
    }
}
