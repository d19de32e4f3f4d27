using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace MigrationsBuild.Package.Tests;

/// <summary>A container registry on this machine that has one image, <c>base:1</c>, of one file. It lasts as long as the object.</summary>
internal sealed class BaseImageRegistry : IDisposable
{
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";
    private readonly HttpListener _listener = new();
    private readonly Dictionary<string, (string Type, byte[] Content)> _content = [];
    private readonly Task _serving;

    public BaseImageRegistry()
    {
        var tar = Tar();
        var layer = Gzip(tar);
        var config = Encoding.UTF8.GetBytes($$$"""
            {"architecture":"amd64","os":"linux","created":"2026-01-01T00:00:00Z","config":{"Env":["PATH=/usr/bin"]},"history":[{"created":"2026-01-01T00:00:00Z","created_by":"a test"}],"rootfs":{"type":"layers","diff_ids":["{{{Digest(tar)}}}"]}}
            """);
        var manifest = Encoding.UTF8.GetBytes($$$"""
            {"schemaVersion":2,"mediaType":"{{{ManifestType}}}","config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":{{{config.Length}}},"digest":"{{{Digest(config)}}}"},"layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip","size":{{{layer.Length}}},"digest":"{{{Digest(layer)}}}"}]}
            """);
        _content["/v2/"] = ("application/json", "{}"u8.ToArray());
        _content["/v2/base/manifests/1"] = _content["/v2/base/manifests/" + Digest(manifest)] = (ManifestType, manifest);
        _content["/v2/base/blobs/" + Digest(config)] = ("application/octet-stream", config);
        _content["/v2/base/blobs/" + Digest(layer)] = ("application/octet-stream", layer);
        var port = FreePort();
        Image = $"localhost:{port}/base:1";
        _listener.Prefixes.Add($"http://localhost:{port}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>The image's name.</summary>
    public string Image { get; }

    /// <summary>Ends it. A request that is never finished is left alone.</summary>
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
                // It was stopped, or who asked has gone, as the first attempt with TLS does.
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        using var response = context.Response;
        if (!_content.TryGetValue(context.Request.Url!.AbsolutePath, out var found))
        {
            response.StatusCode = 404;
            return;
        }

        response.ContentType = found.Type;
        response.ContentLength64 = found.Content.Length;
        response.Headers["Docker-Content-Digest"] = Digest(found.Content);
        if (context.Request.HttpMethod != "HEAD")
            response.OutputStream.Write(found.Content);
    }

    private static byte[] Tar()
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream))
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "etc/base") { DataStream = new MemoryStream("base"u8.ToArray()) });
        return stream.ToArray();
    }

    private static byte[] Gzip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
            gzip.Write(content);
        return stream.ToArray();
    }

    private static string Digest(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
