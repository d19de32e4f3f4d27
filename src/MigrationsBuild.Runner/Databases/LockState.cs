namespace MigrationsBuild.Runner.Databases;

/// <summary>The state of the lock that keeps other runs out.</summary>
internal enum LockState
{
    /// <summary>This session has had it all the time.</summary>
    Kept,

    /// <summary>It was released, and this session has taken it again. Another run may have had it meanwhile.</summary>
    TakenAgain,

    /// <summary>It was released, and another run has it.</summary>
    Lost,
}
