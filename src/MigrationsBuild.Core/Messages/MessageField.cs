namespace MigrationsBuild.Messages;

/// <summary>A named value of a message.</summary>
/// <param name="Name">The name, without tabs, newlines and <c>=</c>.</param>
/// <param name="Value">The value.</param>
/// <remarks>
/// A class, not a struct: the package contains no machine code for LINQ over structs, so each build would have to compile it.
/// </remarks>
public sealed record MessageField(string Name, string Value);
