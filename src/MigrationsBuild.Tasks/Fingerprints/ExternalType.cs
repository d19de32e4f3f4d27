namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>A type of an assembly whose code isn't read.</summary>
/// <param name="Assembly">The name of the assembly that the reference names.</param>
/// <param name="Name">The full name; a nested type is separated by a plus sign.</param>
internal sealed record ExternalType(string Assembly, string Name)
{
    private readonly string _text = $"{Assembly}!{Name}";

    /// <inheritdoc/>
    public override string ToString() => _text;
}
