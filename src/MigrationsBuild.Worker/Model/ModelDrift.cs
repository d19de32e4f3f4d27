using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using MigrationsBuild.Revisions;
using MigrationsBuild.Worker.Design;

namespace MigrationsBuild.Worker.Model;

/// <summary>The difference between a context's model and its migrations.</summary>
internal sealed class ModelDrift
{
    private readonly DbContext _context;
    private readonly IMigrationsAssembly _migrations;
    private readonly IMigrationsModelDiffer _differ;
    private readonly IRelationalModel _after;
    private readonly IRelationalModel? _before;
    private bool _isUpdated;
    private IReadOnlyList<(MigrationOperation Operation, OperationSubject Subject)>? _changes;
    private NonDeterministicParts? _nonDeterministic;

    /// <summary>Compares the model with the snapshot.</summary>
    /// <param name="context">A new context. It can be compared only once.</param>
    /// <param name="migrations">The migrations to compare with, if not all migrations of the context.</param>
    /// <param name="differ">The comparison, if not EF Core's.</param>
    public ModelDrift(DbContext context, IMigrationsAssembly? migrations = null, IMigrationsModelDiffer? differ = null)
    {
        _context = context;
        _migrations = migrations ?? context.GetService<IMigrationsAssembly>();
        _differ = differ ?? context.GetService<IMigrationsModelDiffer>();
        _after = context.GetService<IDesignTimeModel>().Model.GetRelationalModel();
        _before = Snapshot(_migrations.ModelSnapshot?.Model)?.GetRelationalModel();
        HasSnapshot = _before is not null || _migrations.Migrations.Count == 0;
        Operations = HasSnapshot ? _differ.GetDifferences(_before, _after) : [];
    }

    /// <summary>
    /// Whether the comparison is possible. If there are migrations and no snapshot, a draft would contain everything a second time.
    /// </summary>
    public bool HasSnapshot { get; }

    /// <summary>The operations of a migration that covers the drift.</summary>
    public IReadOnlyList<MigrationOperation> Operations { get; }

    /// <summary>The operations of that migration's Down.</summary>
    public IReadOnlyList<MigrationOperation> Reverse => Operations.Count == 0 ? [] : _differ.GetDifferences(_after, _before);

    /// <summary>The model of the snapshot.</summary>
    public IModel? Before => _before?.Model;

    /// <summary>The model of the code.</summary>
    public IModel After => _after.Model;

    /// <summary>The context's type.</summary>
    public Type Context => _context.GetType();

    /// <summary>The number of migrations.</summary>
    public int MigrationCount => _migrations.Migrations.Count;

    /// <summary>Whether another major version of EF Core wrote the snapshot.</summary>
    public bool IsFromOtherMajor { get; private set; }

    /// <summary>
    /// Whether the comparison may be inexact: another major version of EF Core wrote the snapshot, and without the Design package it wasn't
    /// updated.
    /// </summary>
    public bool IsInexact => IsFromOtherMajor && !_isUpdated;

    /// <summary>The name of a migration that covers the drift; empty without drift.</summary>
    public string DraftName
    {
        get
        {
            if (Changes.Count == 0)
                return "";
            var taken = _migrations.Migrations.Keys.Select(MigrationId.NameOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return OperationNames.Of(Changes, taken, isFirst: taken.Count == 0);
        }
    }

    /// <summary>The operations, with their subjects, that don't come from a non-deterministic part of the model.</summary>
    public IReadOnlyList<(MigrationOperation Operation, OperationSubject Subject)> Changes => _changes ??= FindChanges();

    /// <summary>The changes that the upgrade from the snapshot's version of EF Core makes.</summary>
    public UpgradeChanges Upgrade => new(_before, _after, IsFromOtherMajor);

    /// <summary>
    /// The parts of the model that no migration can match. They are found by a second build of the model, so only if there are operations.
    /// </summary>
    public NonDeterministicParts NonDeterministic => _nonDeterministic ??= Operations.Count > 0
        ? NonDeterministicParts.Of(_after, DifferencesOfRebuild)
        : new NonDeterministicParts(_after, [], _ => MachineSettings.None);

    /// <summary>A describer for the context's database.</summary>
    public OperationDescriber Describer => OperationDescriber.For(_context, After);

    /// <summary>
    /// Whether EF Core's own check, and <c>Database.Migrate()</c>, find a difference. They compare the snapshot without updating it to this
    /// version of EF Core.
    /// </summary>
    public bool HasDifferencesForEfCore()
    {
        if (!_isUpdated)
            return _differ.HasDifferences(_before, _after);
        var snapshot = (ModelSnapshot)Activator.CreateInstance(_migrations.ModelSnapshot!.GetType())!;
        return _differ.HasDifferences(ModelInitializer.Initialize(_context, snapshot.Model)?.GetRelationalModel(), _after);
    }

    private IReadOnlyList<(MigrationOperation Operation, OperationSubject Subject)> FindChanges()
    {
        var subjects = new OperationSubjects(_before, _after, Operations);
        return [.. NonDeterministic.Without(Operations).Select(operation => (operation, subjects.Of(operation)))];
    }

    private IReadOnlyList<MigrationOperation> DifferencesOfRebuild(MachineSettings simulated) =>
        ModelRebuilder.Rebuild(_context, simulated) is { } rebuilt ? _differ.GetDifferences(_after, rebuilt) : [];

    /// <summary>
    /// The snapshot's model, finalized. If an older major version of EF Core wrote it, a service of the Design package updates it first, as
    /// in <c>migrations add</c>. Without that package some differences may come from the upgrade.
    /// </summary>
    private IModel? Snapshot(IModel? model)
    {
        IsFromOtherMajor = model?.GetProductVersion() is { } version && Major(version) != Major(ProductInfo.GetVersion());
        _isUpdated = IsFromOtherMajor && DesignTime.IsAvailable;
        return _isUpdated ? DesignTime.ProcessSnapshot(_context, model!) : ModelInitializer.Initialize(_context, model);
    }

    private static string Major(string version) => version.Split('.')[0];
}
