namespace MigrationsBuild.Protocol;

/// <summary>Whether a run asks before it destroys data on a development database that the call doesn't name.</summary>
public enum Confirmation
{
    /// <summary>It doesn't ask, because there is no terminal.</summary>
    None,

    /// <summary>It asks, and continues only if the answer is yes.</summary>
    Ask,

    /// <summary>It refuses, because there may be a person at a terminal who can't be asked.</summary>
    Impossible,
}
