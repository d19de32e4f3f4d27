using System.Collections;

namespace MigrationsBuild.Vocabulary;

/// <summary>The arguments of a call: MSBuild properties with their values, in the order in which they were added.</summary>
public sealed class Arguments : IEquatable<Arguments>, IEnumerable<CallArgument>
{
    private readonly CallArgument[] _values;

    private Arguments(CallArgument[] values) => _values = values;

    /// <summary>No arguments.</summary>
    public static Arguments None { get; } = new([]);

    /// <summary>The value of an argument; empty if there is none.</summary>
    /// <param name="property">The MSBuild property.</param>
    public string this[string property] => _values.FirstOrDefault(argument => argument.Property == property)?.Value ?? "";

    /// <summary>Whether the value of an argument is <c>true</c>.</summary>
    /// <param name="property">The MSBuild property.</param>
    public bool Has(string property) => string.Equals(this[property], "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>These arguments, with another value for one of them.</summary>
    /// <param name="property">The MSBuild property.</param>
    /// <param name="value">Its value; <see langword="null"/> and the empty string remove it.</param>
    public Arguments With(string property, string? value)
    {
        var others = _values.Where(argument => argument.Property != property);
        return new(string.IsNullOrEmpty(value) ? [.. others] : [.. others, new(property, value!)]);
    }

    /// <summary>These arguments, with or without a flag.</summary>
    /// <param name="property">The MSBuild property.</param>
    /// <param name="value">Whether the flag is <c>true</c>.</param>
    public Arguments With(string property, bool value) => With(property, value ? "true" : null);

    /// <inheritdoc/>
    public bool Equals(Arguments? other) => other is not null && _values.SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Arguments);

    /// <inheritdoc/>
    public override int GetHashCode() => _values.Aggregate(0, (hash, argument) => (hash * 31) ^ argument.GetHashCode());

    /// <inheritdoc/>
    public override string ToString() => string.Join(" ", _values.Select(argument => $"{argument.Property}={argument.Value}"));

    /// <inheritdoc/>
    public IEnumerator<CallArgument> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
