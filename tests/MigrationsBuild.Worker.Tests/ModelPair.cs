using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Lint;
using MigrationsBuild.Sql;

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
    public string Losses => string.Join('\n', new DataLosses(new DatabaseSyntax(_after)).Of(Operations));

    /// <summary>The codes of the lint. Those of a discriminator have an exclamation mark.</summary>
    public string Codes
    {
        get
        {
            var commands = _after.GetService<IMigrationsSqlGenerator>().Generate(Operations, _after.RelationalModel.Model);
            var up = string.Concat(commands.Select(command =>
                (command.TransactionSuppressed ? SqlScript.OutsideTransactionMark + "\n" : "") + command.CommandText));
            var schema = new SchemaWriter(_after).Write(_before.RelationalModel.Model, _after.RelationalModel.Model, up);
            var findings = Linter.Lint(new LintInput(up, SqlDialects.OfProvider(_after.Database.ProviderName!))
            {
                Before = schema.Before,
                After = schema.After,
                EnumTexts = schema.EnumTexts,
                Discriminators = schema.Discriminators,
            });
            return string.Join(" ", findings.Select(finding =>
                finding.Code + (finding is { Code.Id: "MIG2208", Severity: Severity.Error } ? "!" : "")));
        }
    }

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
