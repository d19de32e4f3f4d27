using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Package.Tests;

/// <summary>A container registry on this machine that has one image, <c>base:1</c>, of one file. It lasts as long as the object.</summary>
internal sealed class BaseImageRegistry : LocalHttpServer
{
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";
    private readonly Dictionary<string, (string Type, byte[] Content)> _content = [];

    public BaseImageRegistry()
    {
        var tar = Tar();
        var layer = Gzip(tar);
        var config = Encoding.UTF8.GetBytes($$$"""
            {
              "architecture": "amd64",
              "os": "linux",
              "created": "2026-01-01T00:00:00Z",
              "config": { "Env": ["PATH=/usr/bin"] },
              "history": [{ "created": "2026-01-01T00:00:00Z", "created_by": "a test" }],
              "rootfs": { "type": "layers", "diff_ids": ["{{{Digest(tar)}}}"] }
            }
            """);
        var manifest = Encoding.UTF8.GetBytes($$$"""
            {
              "schemaVersion": 2,
              "mediaType": "{{{ManifestType}}}",
              "config": {
                "mediaType": "application/vnd.docker.container.image.v1+json",
                "size": {{{config.Length}}},
                "digest": "{{{Digest(config)}}}"
              },
              "layers": [
                {
                  "mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip",
                  "size": {{{layer.Length}}},
                  "digest": "{{{Digest(layer)}}}"
                }
              ]
            }
            """);
        _content["/v2/"] = ("application/json", "{}"u8.ToArray());
        _content["/v2/base/manifests/1"] = _content["/v2/base/manifests/" + Digest(manifest)] = (ManifestType, manifest);
        _content["/v2/base/blobs/" + Digest(config)] = ("application/octet-stream", config);
        _content["/v2/base/blobs/" + Digest(layer)] = ("application/octet-stream", layer);
        Start("localhost");
    }

    /// <summary>The image's name.</summary>
    public string Image => $"localhost:{Port}/base:1";

    protected override void Answer(HttpListenerRequest request, HttpListenerResponse response)
    {
        if (!_content.TryGetValue(request.Url!.AbsolutePath, out var found))
        {
            response.StatusCode = 404;
            return;
        }

        response.ContentType = found.Type;
        response.ContentLength64 = found.Content.Length;
        response.Headers["Docker-Content-Digest"] = Digest(found.Content);
        if (request.HttpMethod != "HEAD")
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
}
