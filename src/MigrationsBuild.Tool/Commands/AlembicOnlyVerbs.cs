namespace MigrationsBuild.Tool.Commands;

/// <summary>What Alembic has and this tool doesn't.</summary>
internal static class AlembicOnlyVerbs
{
    /// <summary>Alembic's verbs that have no counterpart, and why none is needed.</summary>
    public static IReadOnlyDictionary<string, string> NotNeeded { get; } = new Dictionary<string, string>
    {
        ["merge"] = "Migrations have one order, so there are no heads to merge. "
            + "After two branches were merged, `dotnet db approve <id>` puts the later one after the other.",
        ["branches"] = "Migrations have one order, so there are no branches. `dotnet db history` lists them.",
        ["edit"] = "A migration is a file like any other; `dotnet db show <revision>` says where it is. Edit it, then: dotnet db approve <id>",
        ["init"] = "There is nothing to set up: `dotnet add package MigrationsBuild` in the project of the DbContext is all.",
        ["ensure_version"] = "The history table is made when the first migration is applied, or by: dotnet db stamp base",
        ["list_templates"] = "There are no templates: EF Core writes the C# of a migration.",
    };
}
