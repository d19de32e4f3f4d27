namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>What a token in code means.</summary>
/// <param name="text">The name of the type or member, the same after every compilation.</param>
internal sealed class CodeReference(string text)
{
    public string Text => text;

    /// <summary>The hash of <see cref="Text"/>.</summary>
    public long Hash { get; } = PrintHash.Of(text);

    /// <summary>Whether what it means was added.</summary>
    public bool IsFollowed { get; set; }

    /// <summary>The types in it whose code is read.</summary>
    public IReadOnlyList<CodeType> Mentions { get; init; } = [];

    /// <summary>The methods that it names.</summary>
    public IReadOnlyList<CodeMethod> Methods { get; init; } = [];

    /// <summary>The field that it names, if it belongs to a closure, whose fields count only if they are used.</summary>
    public CodeField? Field { get; init; }

    /// <summary>The member of another assembly that it names.</summary>
    public ExternalMember? External { get; init; }

    /// <summary>The generic arguments of the method.</summary>
    public IReadOnlyList<CodeType> Arguments { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => text;
}
