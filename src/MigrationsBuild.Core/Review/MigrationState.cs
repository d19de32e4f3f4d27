namespace MigrationsBuild.Review;

/// <summary>The verdict on a migration.</summary>
public enum MigrationState
{
    /// <summary>The project has no approvals file.</summary>
    NotAdopted,

    /// <summary>It isn't in the approvals file. It is applied only to development databases.</summary>
    Draft,

    /// <summary>Its SQL is the approved SQL.</summary>
    Approved,

    /// <summary>Its SQL, or the SQL that its C# generates, differs from the approved SQL. It isn't applied.</summary>
    Edited,

    /// <summary>A merge put another migration before it than when it was approved. It is applied only to development databases.</summary>
    Reordered,
}
