using System.Globalization;

namespace MigrationsBuild.Benchmarks;

/// <summary>An entity of a <see cref="LargeProject"/> as one of its migrations leaves it.</summary>
/// <param name="Number">The number in its name, from 1.</param>
internal sealed record EntityShape(int Number)
{
    /// <summary>The text columns that were added after the table.</summary>
    public IReadOnlyList<string> Added { get; init; } = [];

    /// <summary>The length of the title, or null for any.</summary>
    public int? TitleLength { get; init; }

    public string Name => NameOf(Number);

    public string Table => Name + "s";

    /// <summary>The type of the title's column.</summary>
    public string TitleType => TitleLength is int length
        ? string.Create(CultureInfo.InvariantCulture, $"character varying({length})")
        : "text";

    /// <summary>The entity that this one refers to: the one before it.</summary>
    public string Parent => NameOf(Math.Max(1, Number - 1));

    private static string NameOf(int number) => $"Entity{number:000}";
}

/// <summary>One migration of a <see cref="LargeProject"/> after the first one.</summary>
/// <param name="Name">The name of the migration.</param>
/// <param name="Apply">Changes the model in place and returns the statements of the migration, up and down.</param>
internal sealed record ModelChange(string Name, Func<List<EntityShape>, (string Up, string Down)> Apply)
{
    /// <summary>A migration for each new column: the models grow with the history.</summary>
    /// <param name="entities">The number of entities.</param>
    /// <param name="columns">The number of columns that each of them gets.</param>
    public static IReadOnlyList<ModelChange> AddedColumns(int entities, int columns) =>
    [
        .. from column in Enumerable.Range(1, columns)
           from entity in Enumerable.Range(1, entities)
           select AddedColumn(entity, $"Remark{column}"),
    ];

    /// <summary>A migration for each new length of a title: all models have the same size.</summary>
    /// <param name="entities">The number of entities.</param>
    /// <param name="lengths">The number of lengths that each of them has, one after another.</param>
    public static IReadOnlyList<ModelChange> AlteredTitles(int entities, int lengths) =>
    [
        .. from length in Enumerable.Range(1, lengths)
           from entity in Enumerable.Range(1, entities)
           select AlteredTitle(entity, 100 * length),
    ];

    /// <summary>A migration for each new table.</summary>
    /// <param name="entities">The numbers of the new entities.</param>
    public static IReadOnlyList<ModelChange> AddedTables(IEnumerable<int> entities) =>
        [.. entities.Select(number => new EntityShape(number)).Select(entity => new ModelChange("Create" + entity.Name, model =>
        {
            model.Add(entity);
            return (Statements.CreateTable(entity), Statements.DropTable(entity));
        }))];

    private static ModelChange AddedColumn(int number, string column) => new($"Add{new EntityShape(number).Name}{column}", model =>
    {
        var entity = model[number - 1];
        model[number - 1] = entity with { Added = [.. entity.Added, column] };
        return (Statements.AddColumn(entity, column), Statements.DropColumn(entity, column));
    });

    private static ModelChange AlteredTitle(int number, int length) => new($"Alter{new EntityShape(number).Name}Title{length}", model =>
    {
        var old = model[number - 1];
        var entity = model[number - 1] = old with { TitleLength = length };
        return (Statements.AlterTitle(old, entity), Statements.AlterTitle(entity, old));
    });
}
