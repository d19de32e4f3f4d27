using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Runner.Scratch;

/// <summary>
/// The statements of replaced migrations that create what a squashed migration doesn't: objects that no model contains, such as views, and
/// rows of tables for which the model has no seed data.
/// </summary>
/// <param name="all">The statements of the replaced migrations that create objects or insert rows, in their order.</param>
internal sealed class CarriedStatements(IReadOnlyList<CarriedStatement> all)
{
    private static readonly string[] _ownership = ["OWNER", "PRIVILEGES", "TABLESPACE"];
    private static readonly string[] _notCompared =
    [
        "AGGREGATE", "CAST", "COLLATION", "EVENT", "FOREIGN", "OPERATOR", "PUBLICATION", "ROLE", "SERVER", "STATISTICS", "SUBSCRIPTION",
        "TEXT", "USER",
    ];

    private readonly HashSet<CarriedStatement> _chosen = new(ReferenceEqualityComparer.Instance);

    /// <summary>The chosen statements, in their order.</summary>
    public IReadOnlyList<CarriedStatement> Chosen => [.. all.Where(_chosen.Contains)];

    /// <summary>Whether no comparison shows the effect of a statement: see <see cref="Databases.Database.NotCompared"/>.</summary>
    public static bool IsNotCompared(SqlStatement statement) => statement.Words switch
    {
        ["GRANT" or "REVOKE", ..] => true,
        ["ALTER", ..] => statement.Words.Intersect(_ownership).Any(),
        ["CREATE", ..] => _notCompared.Contains(statement.Words.Skip(1).FirstOrDefault(word => word is not ("OR" or "REPLACE"))),
        _ => false,
    };

    /// <summary>Chooses the statements that explain differences: of several that create an object, the last one.</summary>
    /// <param name="differences">The differences. The result of the replaced migrations is expected.</param>
    /// <returns>The statements that weren't chosen before, in their order.</returns>
    public IReadOnlyList<CarriedStatement> Choose(IReadOnlyList<CatalogDifference> differences)
    {
        HashSet<CarriedStatement> before = new(_chosen, ReferenceEqualityComparer.Instance);
        foreach (var difference in differences)
        {
            if (difference is { Object.Kind: TableRows.Kind, Actual.Definition: "0" })
                _chosen.UnionWith(all.Where(statement => statement.Kind == CarriedStatement.Insert && IsIn(statement, difference.Object)));
            else if (difference.Actual is null && all.LastOrDefault(statement => Creates(statement, difference.Object)) is { } creation)
                _chosen.Add(creation);
        }

        return [.. Chosen.Where(statement => !before.Contains(statement))];
    }

    private static bool IsIn(CarriedStatement statement, CatalogObject rows) => IsNamed(statement, ObjectName.Parse(rows.Owner).Name);

    /// <summary>The name of a trigger follows that of its table, and the arguments of a function follow its name.</summary>
    private static bool Creates(CarriedStatement statement, CatalogObject one)
    {
        var name = one.Name.EndsWith(')') ? one.Name[..one.Name.LastIndexOf('(')] : one.Name;
        return statement.Kind != CarriedStatement.Insert && IsNamed(statement, ObjectName.Parse(name).Name);
    }

    private static bool IsNamed(CarriedStatement statement, string name) =>
        string.Equals(statement.Name.Name, name, StringComparison.OrdinalIgnoreCase);
}
