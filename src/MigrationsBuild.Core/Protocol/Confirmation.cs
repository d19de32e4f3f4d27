namespace MigrationsBuild.Protocol;

/// <summary>Whether a run asks before it destroys data on a development database that the call doesn't name.</summary>
public enum Confirmation
{
    /// <summary>It doesn't: nobody is at a terminal.</summary>
    None,

    /// <summary>It asks, and goes on only if the answer is yes.</summary>
    Ask,

    /// <summary>It can't: there may be a person at a terminal, but there is no room for a question. So it refuses.</summary>
    Impossible,
}
