namespace MigrationsBuild.Protocol;

/// <summary>A DbContext that the worker has seen, whether or not it could report on it.</summary>
/// <param name="Name">Full name of its type.</param>
/// <param name="State">What became of it.</param>
public sealed record SeenContext(string Name, SeenState State);

/// <summary>What became of a context that was seen.</summary>
public enum SeenState
{
    /// <summary>The answer has a report on it.</summary>
    Reported,

    /// <summary>It can't be created; a problem says why.</summary>
    NotCreated,

    /// <summary>It has no relational provider here, so it has no migrations.</summary>
    NotRelational,

    /// <summary>Another project's build looks after it.</summary>
    CheckedElsewhere,
}
