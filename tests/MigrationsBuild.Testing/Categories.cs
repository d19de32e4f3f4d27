namespace MigrationsBuild.Testing;

/// <summary>The categories of tests.</summary>
public static class Categories
{
    /// <summary>
    /// Further rows of a matrix of which one row runs always: <c>dotnet test</c> leaves them out, <c>bash .ci/run --all</c> runs them.
    /// </summary>
    public const string Matrix = "Matrix";
}
