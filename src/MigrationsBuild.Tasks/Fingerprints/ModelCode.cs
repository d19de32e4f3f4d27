namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>The code that a model may depend on.</summary>
/// <param name="Fingerprint">Its hash; empty if it can't be known which code this is.</param>
/// <param name="Sources">The absolute paths of its source files, as far as they are known.</param>
internal sealed record ModelCode(string Fingerprint, IReadOnlyList<string> Sources)
{
    public static ModelCode Unknown { get; } = new("", []);
}
