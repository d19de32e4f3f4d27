using System.Formats.Tar;
using System.IO.Compression;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Package.Tests;

/// <summary>The SDK's own container images, which need no container engine to be made, and none to be looked into.</summary>
[TestClass]
public class ContainerTests
{
    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void An_image_has_the_migrations_and_the_runner_that_applies_them()
    {
        using var registry = new BaseImageRegistry();
        using var project = Consumer.CreateDrafted(TestPackages.Sqlite);
        using var image = new TestFolder("image");
        var archive = image["../image.tar.gz"];
        string[] publish =
        [
            "-t:PublishContainer",
            "-p:DbPublish=runner+script",
            $"-p:ContainerBaseImage={registry.Image}",
            $"-p:ContainerArchiveOutputPath={archive}",
        ];
        var refused = project.Publish(publish);
        Assert.AreEqual("MIG1002", refused.Ours.Single(finding => finding.IsError).Code);
        Assert.IsFalse(File.Exists(archive), "What nobody approved comes into no image.");
        project.Verb("DbApprove");

        var published = project.Publish(publish);
        Assert.IsTrue(published.Succeeded, published.ToString());
        Extract(archive, image);

        Assert.AreEqual("base", image.Read("etc/base"), "The base image's layer.");
        string[] files =
            ["App.dll", "migrations/AppDbContext.manifest", "migrations/AppDbContext.sql", "migrations/MigrationsBuild.Runner.dll"];
        foreach (var file in files)
            Assert.IsTrue(File.Exists(image["app/" + file]), file);
        Assert.HasCount(2, Directory.GetFiles(image["app/migrations/AppDbContext"], "*_Initial*.sql"));
        var environment = new Dictionary<string, string?> { ["MIGRATIONS_CONNECTION"] = $"Data Source={image["shop.db"]}" };
        string[] migrate = [image["app/migrations/MigrationsBuild.Runner.dll"], "migrate", "--force", "shop.db"];
        var applied = Dotnet.Run(image.Path, migrate, environment);
        Assert.AreEqual(0, applied.ExitCode, applied.ToString());
        Assert.IsNotEmpty(SqliteFile.Query(image["shop.db"], "SELECT name FROM sqlite_master WHERE name = 'Users'"));
    }

    /// <summary>Writes the files of all layers; an archive of Docker's holds each as an archive of its own.</summary>
    private static void Extract(string archive, TestFolder image)
    {
        using var stream = Unzip(new MemoryStream(File.ReadAllBytes(archive)));
        using var reader = new TarReader(stream);
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            if (entry.DataStream is not null && entry.Name.EndsWith("layer.tar", StringComparison.Ordinal))
                ExtractLayer(entry.DataStream, image);
        }
    }

    private static void ExtractLayer(Stream layer, TestFolder image)
    {
        using var unzipped = Unzip(layer);
        using var reader = new TarReader(unzipped);
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                continue;
            var path = image[entry.Name.TrimStart('.', '/')];
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            entry.ExtractToFile(path, overwrite: true);
        }
    }

    /// <summary>The content, compressed or not.</summary>
    private static Stream Unzip(Stream stream)
    {
        var isZipped = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = 0;
        return isZipped ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }
}
