namespace MigrationsBuild.Review;

/// <summary>What somebody has said of a migration.</summary>
public enum MigrationState
{
    /// <summary>The project has no approvals file: nobody was asked yet.</summary>
    NotAdopted,

    /// <summary>Not in the approvals file: only a development database gets it.</summary>
    Draft,

    /// <summary>Its SQL is what was approved.</summary>
    Approved,

    /// <summary>Its SQL, or what its C# yields, isn't what was approved; no database gets it.</summary>
    Edited,

    /// <summary>Approved behind another migration than now: two branches were merged. Only a development database gets it.</summary>
    Reordered,
}
