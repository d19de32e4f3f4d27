namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>A signature as a text that is the same after every compilation.</summary>
/// <param name="Text">The text.</param>
/// <param name="Parts">The texts of its types: those of parameters, locals, or generic arguments.</param>
/// <param name="Mentions">The types in it whose code is read.</param>
internal sealed record SignatureText(string Text, IReadOnlyList<string> Parts, IReadOnlyList<CodeType> Mentions)
{
    private long? _hash;

    /// <summary>The hash of <see cref="Text"/>.</summary>
    public long Hash => _hash ??= PrintHash.Of(Text);

    /// <summary>Whether something in it may be null.</summary>
    public bool HasReferences { get; init; }
}

/// <summary>What a signature describes.</summary>
internal enum SignatureKind
{
    Method,
    Field,
    Locals,
    Type,
    Arguments,
    Property,
}
