using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Catalogs;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>Resolves the paths of the SQL files in a manifest, and decides how far the manifest is trusted.</summary>
public abstract record ManifestPaths
{
    /// <summary>A path of the manifest, absolute.</summary>
    internal abstract string Absolute(string path);

    /// <summary>The objects that were published with a manifest; <see langword="null"/> if there are none.</summary>
    /// <exception cref="MigrationsException">They can't be read.</exception>
    internal virtual ExpectedSchema? ReadExpectedSchema(Manifest manifest) => null;

    /// <summary>Refuses a file that the manifest must not name.</summary>
    /// <exception cref="MigrationsException">The file is outside the manifest's folder.</exception>
    internal abstract void RefuseForeign(string path);
}

/// <summary>
/// The files are in the source tree. The build that started the run has just verified them, and names them by absolute paths.
/// </summary>
public sealed record SourcePaths : ManifestPaths
{
    internal override string Absolute(string path) => path;

    internal override void RefuseForeign(string path)
    {
    }
}

/// <summary>A publish has written the files into a folder. The manifest may name no file outside of that folder.</summary>
/// <param name="ManifestPath">The manifest's file, absolute; the paths in it are relative to its folder.</param>
public sealed record DeployedPaths(string ManifestPath) : ManifestPaths
{
    private readonly SymbolicLinks _links = new();

    private string Folder => Path.GetDirectoryName(ManifestPath)!;

    internal override string Absolute(string path) => Path.GetFullPath(Path.Combine(Folder, path));

    internal override ExpectedSchema? ReadExpectedSchema(Manifest manifest) => ExpectedSchema.Read(ManifestPath, manifest);

    /// <summary>A link counts as the file that it leads to.</summary>
    internal override void RefuseForeign(string path)
    {
        var absolute = Absolute(path);
        if (SymbolicLinks.IsWithin(absolute, Folder) && SymbolicLinks.IsWithin(_links.Resolve(absolute), _links.Resolve(Folder)))
            return;
        throw new MigrationsException(
            DiagnosticCodes.Tampered,
            $"The manifest names a file outside of its folder, {path}, so nothing is applied. Publish again.",
            new Location(ManifestPath, 1, 1));
    }
}
