using System.Collections;

namespace MigrationsBuild.Vocabulary;

/// <summary>The arguments of a call: MSBuild properties and their values, in the order in which they were added. Equal if these are equal.</summary>
public sealed class Arguments : IEquatable<Arguments>, IEnumerable<KeyValuePair<string, string>>
{
    private readonly KeyValuePair<string, string>[] _values;

    private Arguments(KeyValuePair<string, string>[] values) => _values = values;

    /// <summary>No arguments.</summary>
    public static Arguments None { get; } = new([]);

    /// <summary>These arguments and one more.</summary>
    /// <param name="property">The MSBuild property.</param>
    /// <param name="value">Its value; nothing is added for <see langword="null"/> and the empty string.</param>
    public Arguments With(string property, string? value) =>
        string.IsNullOrEmpty(value) ? this : new([.. _values, new(property, value!)]);

    /// <inheritdoc/>
    public bool Equals(Arguments? other) => other is not null && _values.SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Arguments);

    /// <inheritdoc/>
    public override int GetHashCode() => _values.Aggregate(0, (hash, argument) => (hash * 31) ^ argument.GetHashCode());

    /// <inheritdoc/>
    public override string ToString() => string.Join(" ", _values.Select(argument => $"{argument.Key}={argument.Value}"));

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
