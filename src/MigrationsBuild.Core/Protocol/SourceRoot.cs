namespace MigrationsBuild.Protocol;

/// <summary>A source root of a deterministic build.</summary>
/// <param name="Mapped">The folder that the PDB names, such as <c>/_/</c>.</param>
/// <param name="Path">The real folder.</param>
public sealed record SourceRoot(string Mapped, string Path);
