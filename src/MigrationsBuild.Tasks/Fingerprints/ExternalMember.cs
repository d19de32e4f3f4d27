namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>A member of a type whose code isn't read.</summary>
/// <param name="type">The type.</param>
/// <param name="name">The member's name.</param>
/// <param name="parameters">The texts of the types of its parameters.</param>
internal sealed class ExternalMember(ExternalType type, string name, IReadOnlyList<string> parameters)
{
    private Reflection? _reflection;

    public ExternalType Type => type;

    public string Name => name;

    public IReadOnlyList<string> Parameters => parameters;

    /// <summary>What a call may do.</summary>
    public Reflection Reflection => _reflection ??= ExternalCalls.Of(this);
}
