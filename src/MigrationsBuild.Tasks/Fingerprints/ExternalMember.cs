namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>A member of a type whose code isn't read.</summary>
/// <param name="Type">The type.</param>
/// <param name="Name">The member's name.</param>
/// <param name="Parameters">The texts of the types of its parameters.</param>
internal sealed record ExternalMember(ExternalType Type, string Name, IReadOnlyList<string> Parameters);
