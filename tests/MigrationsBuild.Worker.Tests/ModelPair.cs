using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MigrationsBuild.Worker.Tests;

/// <summary>Two models, and the migration between them as the worker describes it.</summary>
internal sealed class ModelPair : IDisposable
{
    private readonly ModelContext _before;
    private readonly ModelContext _after;
    private readonly List<(MigrationOperation Operation, OperationSubject Subject)> _changes;

    public ModelPair(Provider provider, Action<ModelBuilder> before, Action<ModelBuilder> after)
    {
        (_before, _after) = (new ModelContext(provider, before), new ModelContext(provider, after));
        Operations = _after.GetService<IMigrationsModelDiffer>().GetDifferences(_before.RelationalModel, _after.RelationalModel);
        var subjects = new OperationSubjects(_before.RelationalModel, _after.RelationalModel, Operations);
        _changes = [.. Operations.Select(operation => (operation, subjects.Of(operation)))];
    }

    public IReadOnlyList<MigrationOperation> Operations { get; }

    /// <summary>A line for each operation.</summary>
    public string Descriptions => string.Join('\n', Operations.Select(OperationDescriber.For(_after).Describe));

    /// <summary>A line for each loss.</summary>
    public string Losses => string.Join('\n', new DataLosses(_after).Of(Operations));

    public string Name => OperationNames.Of(_changes, new HashSet<string>(), isFirst: false);

    /// <summary>The distinct subjects of the operations.</summary>
    public string Subjects => string.Join(", ", _changes.Select(change => change.Subject.NameIn("AppDbContext")).Distinct());

    /// <summary>Asserts the descriptions, and the name of the migration if one is given.</summary>
    public static void Check(
        string descriptions, Provider provider, Action<ModelBuilder> before, Action<ModelBuilder> after, string? name = null)
    {
        using var pair = new ModelPair(provider, before, after);
        Assert.AreEqual(descriptions, pair.Descriptions);
        if (name is not null)
            Assert.AreEqual(name, pair.Name);
    }

    public void Dispose()
    {
        _before.Dispose();
        _after.Dispose();
    }
}
