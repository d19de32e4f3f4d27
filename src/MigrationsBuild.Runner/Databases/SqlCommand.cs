using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Databases;

/// <summary>One statement to execute.</summary>
/// <param name="Text">The statement, without semicolon.</param>
/// <param name="Statement">The statement of an SQL file; <see langword="null"/> if it is one of our own.</param>
internal sealed record SqlCommand(string Text, SqlStatement? Statement = null)
{
    /// <summary>
    /// The values of <c>$1</c>, <c>$2</c>, …: a <see cref="string"/>, a <see cref="long"/>, or <see langword="null"/> for a text.
    /// </summary>
    public IReadOnlyList<object?> Parameters { get; init; } = [];

    /// <summary>The meaning of a division by zero, if it is one of our statements that fail on purpose.</summary>
    public FailureKind Guards { get; init; }

    public static implicit operator SqlCommand(string text) => new(text);

    /// <summary>One of our own statements. Values are parameters, because a migration may have changed how literals are read.</summary>
    /// <param name="text">The statement.</param>
    /// <param name="parameters">See <see cref="Parameters"/>.</param>
    public static SqlCommand Own(string text, params object?[] parameters) => new(text) { Parameters = parameters };
}
