using System.Net;
using System.Text;
using System.Text.Json;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>A container engine that has every image, records which container it is asked to create, and then refuses.</summary>
internal sealed class FakeContainerEngine : LocalHttpServer
{
    private const string Image = """{"Id":"sha256:0","RepoTags":["postgres:15"],"Created":"2026-01-01T00:00:00Z"}""";
    private const string Engine =
        """{"ApiVersion":"1.47","Version":"28","OSType":"linux","Os":"linux","message":"This engine creates nothing."}""";

    public FakeContainerEngine() => Start("127.0.0.1");

    public string Address => $"tcp://127.0.0.1:{Port}";

    /// <summary>The body of <c>POST /containers/create</c> of Docker's API.</summary>
    public JsonElement Created { get; private set; }

    protected override void Answer(HttpListenerRequest request, HttpListenerResponse response)
    {
        var path = request.Url!.AbsolutePath;
        var isCreation = path.EndsWith("/containers/create", StringComparison.Ordinal);
        if (isCreation)
            Created = JsonDocument.Parse(request.InputStream).RootElement;
        var isImage = path.Contains("/images/", StringComparison.Ordinal) && path.EndsWith("/json", StringComparison.Ordinal);
        response.StatusCode = isCreation ? (int)HttpStatusCode.Conflict : (int)HttpStatusCode.OK;
        response.ContentType = "application/json";
        response.OutputStream.Write(Encoding.UTF8.GetBytes(isImage ? Image : Engine));
    }
}
