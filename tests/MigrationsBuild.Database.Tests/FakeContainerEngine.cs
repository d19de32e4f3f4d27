using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace MigrationsBuild.Database.Tests;

/// <summary>A container engine that has every image, notes which container it is asked to create, and then refuses.</summary>
internal sealed class FakeContainerEngine : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public FakeContainerEngine()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        Address = $"tcp://127.0.0.1:{port}";
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    /// <summary>What the container was asked to be: the body of <c>POST /containers/create</c> of Docker's API.</summary>
    public JsonElement Created { get; private set; }

    public void Dispose()
    {
        _listener.Close();
        _serving.Wait(TimeSpan.FromSeconds(10));
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer(await _listener.GetContextAsync().ConfigureAwait(false));
            }
            catch (Exception failure) when (failure is HttpListenerException or InvalidOperationException or IOException)
            {
                // It was closed, or who asked has gone.
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        using var response = context.Response;
        var path = context.Request.Url!.AbsolutePath;
        var isCreation = path.EndsWith("/containers/create", StringComparison.Ordinal);
        if (isCreation)
            Created = JsonDocument.Parse(context.Request.InputStream).RootElement;
        response.StatusCode = isCreation ? 409 : 200;
        response.ContentType = "application/json";
        response.OutputStream.Write(Encoding.UTF8.GetBytes(path.EndsWith("/json", StringComparison.Ordinal) && path.Contains("/images", StringComparison.Ordinal)
            ? """{"Id":"sha256:0","RepoTags":["postgres:15"],"Created":"2026-01-01T00:00:00Z"}"""
            : """{"ApiVersion":"1.47","Version":"28","OSType":"linux","Os":"linux","message":"That is all that this engine does."}"""));
    }
}
