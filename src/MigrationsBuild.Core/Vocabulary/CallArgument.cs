namespace MigrationsBuild.Vocabulary;

/// <summary>An argument of a call.</summary>
/// <param name="Property">The MSBuild property.</param>
/// <param name="Value">Its value.</param>
public sealed record CallArgument(string Property, string Value);
