
namespace MigrationsBuild.Contexts;

/// <summary>A DbContext that the worker has found, whether or not it could report on it.</summary>
/// <param name="Name">The full name of its type.</param>
/// <param name="State">The result for it.</param>
public sealed record SeenContext(string Name, SeenState State);

/// <summary>The worker's result for a context that it has found.</summary>
public enum SeenState
{
    /// <summary>The answer contains a report on it.</summary>
    Reported,

    /// <summary>It can't be created; a problem says why.</summary>
    NotCreated,

    /// <summary>It has no relational provider in this build, so it has no migrations.</summary>
    NotRelational,

    /// <summary>The build of another project checks it.</summary>
    CheckedElsewhere,
}
