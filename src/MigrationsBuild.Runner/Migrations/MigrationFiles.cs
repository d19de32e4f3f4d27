using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>Where the SQL files of a manifest are, which decides how far the manifest is trusted.</summary>
public abstract record MigrationFiles
{
    /// <summary>A path in the manifest, absolute.</summary>
    /// <param name="path">The path as the manifest has it.</param>
    internal abstract string Absolute(string path);

    /// <summary>Refuses a file that the manifest must not name.</summary>
    /// <param name="path">The path as the manifest has it.</param>
    /// <exception cref="MigrationsException">The file is outside the manifest's folder.</exception>
    internal abstract void RefuseForeign(string path);
}

/// <summary>
/// The files are in the source tree: the build that started the run has just verified them, and names them by absolute paths.
/// </summary>
public sealed record SourceFiles : MigrationFiles
{
    internal override string Absolute(string path) => path;

    internal override void RefuseForeign(string path)
    {
    }
}

/// <summary>A publish has put the files into a folder, and the manifest is trusted no further than that folder.</summary>
/// <param name="ManifestPath">The manifest's file, absolute; the paths in it are relative to its folder.</param>
public sealed record DeployedFiles(string ManifestPath) : MigrationFiles
{
    private readonly RealPaths _real = new();

    private string Folder => Path.GetDirectoryName(ManifestPath)!;

    internal override string Absolute(string path) => Path.GetFullPath(Path.Combine(Folder, path));

    /// <summary>A link counts as the file that it leads to.</summary>
    internal override void RefuseForeign(string path)
    {
        if (RealPaths.IsWithin(Absolute(path), Folder) && RealPaths.IsWithin(_real.Of(Absolute(path)), _real.Of(Folder)))
            return;
        throw new MigrationsException(
            DiagnosticCodes.Tampered,
            $"The manifest names a file outside of its folder, {path}, so nothing is applied. Publish again.",
            new Place(ManifestPath, 1, 1));
    }
}
