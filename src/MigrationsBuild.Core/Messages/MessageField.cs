namespace MigrationsBuild.Messages;

/// <summary>A named value of a message.</summary>
/// <param name="Name">The name, without tabs, newlines and <c>=</c>.</param>
/// <param name="Value">The value.</param>
/// <remarks>
/// Not a pair that is a struct: the package's machine code has no LINQ methods of such types, and each build would compile them.
/// </remarks>
public sealed record MessageField(string Name, string Value);
