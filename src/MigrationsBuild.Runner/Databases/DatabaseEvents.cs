namespace MigrationsBuild.Runner.Databases;

/// <summary>Receives what a database has to report while it works.</summary>
internal sealed record DatabaseEvents
{
    /// <summary>Gets a description of the sessions for which a statement waits, once for each set of them.</summary>
    public Action<string> OnWait { get; init; } = _ => { };

    /// <summary>Gets a line for each action besides a migration's own statements, once it is committed.</summary>
    public Action<string> OnRestored { get; init; } = _ => { };

    /// <summary>Gets the server's messages while a statement of a migration executes; the statement is the one, if it is known.</summary>
    public Action<SqlCommand?, ServerNotice> OnNotice { get; init; } = (_, _) => { };

    /// <summary>Whether the description of a session includes the statement that it executes, which may hold data.</summary>
    public bool ShowsQueries { get; init; }
}
