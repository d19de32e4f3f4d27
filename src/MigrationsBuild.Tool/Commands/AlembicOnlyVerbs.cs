namespace MigrationsBuild.Tool.Commands;

/// <summary>The verbs of Alembic that this tool doesn't have.</summary>
internal static class AlembicOnlyVerbs
{
    /// <summary>The verbs, and why they are not needed.</summary>
    public static IReadOnlyDictionary<string, string> NotNeeded { get; } = new Dictionary<string, string>
    {
        ["merge"] = "Migrations have one order, so there are no heads to merge. "
            + "After a merge, `dotnet db approve <id>` approves the later migration directly after the other.",
        ["branches"] = "Migrations have one order, so there are no branches. `dotnet db history` lists them.",
        ["edit"] = "A migration is a C# file; `dotnet db show <revision>` shows its path. Edit it, then run: dotnet db approve <id>",
        ["ensure_version"] = "The history table is created when the first migration is applied, or with: dotnet db stamp base",
        ["list_templates"] = "There are no templates: EF Core writes the C# of a migration.",
    };
}
