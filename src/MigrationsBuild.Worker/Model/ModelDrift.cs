using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Revisions;
using MigrationsBuild.Vocabulary;
using MigrationsBuild.Worker.Scaffolding;

namespace MigrationsBuild.Worker.Model;

/// <summary>The difference between a context's model and its migrations.</summary>
internal sealed class ModelDrift
{
    private const int MaxFindings = 10;

    private readonly DbContext _context;
    private readonly IMigrationsAssembly _migrations;
    private readonly IMigrationsModelDiffer _differ;
    private readonly IRelationalModel _after;
    private readonly IRelationalModel? _before;
    private bool _isFromOtherMajor;
    private bool _isBroughtUpToDate;
    private NonDeterministicParts? _nonDeterministic;

    /// <summary>Compares.</summary>
    /// <param name="context">A fresh context: the comparison spoils it for a second one.</param>
    /// <param name="migrations">What to compare with, if it isn't all the migrations there are.</param>
    public ModelDrift(DbContext context, IMigrationsAssembly? migrations = null)
    {
        _context = context;
        _migrations = migrations ?? context.GetService<IMigrationsAssembly>();
        _differ = context.GetService<IMigrationsModelDiffer>();
        _after = context.GetService<IDesignTimeModel>().Model.GetRelationalModel();
        _before = Snapshot(context, _migrations.ModelSnapshot?.Model)?.GetRelationalModel();
        HasSnapshot = _before is not null || _migrations.Migrations.Count == 0;
        Operations = HasSnapshot ? _differ.GetDifferences(_before, _after) : [];
    }

    /// <summary>Whether there is something to compare with. Migrations without their snapshot would be drafted all over again.</summary>
    public bool HasSnapshot { get; }

    /// <summary>What a migration that covers the drift does.</summary>
    public IReadOnlyList<MigrationOperation> Operations { get; }

    /// <summary>What the migration's Down does.</summary>
    public IReadOnlyList<MigrationOperation> Reverse => Operations.Count == 0 ? [] : _differ.GetDifferences(_after, _before);

    /// <summary>The model that the snapshot describes.</summary>
    public IModel? Before => _before?.Model;

    /// <summary>The model that the code describes.</summary>
    public IModel After => _after.Model;

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

    /// <summary>What a migration can be made of.</summary>
    private List<(MigrationOperation Operation, OperationSubject Subject)> Changes
    {
        get
        {
            var subjects = new OperationSubjects(_before, _after, Operations);
            return [.. NonDeterministic.Without(Operations).Select(operation => (operation, subjects.Of(operation)))];
        }
    }

    /// <summary>What no migration can match. To know it costs a second model, so it is asked only where something differs at all.</summary>
    private NonDeterministicParts NonDeterministic => _nonDeterministic ??= Operations.Count > 0
        ? NonDeterministicParts.Of(_after, parts => ModelRebuilder.Rebuild(_context, parts) is { } again ? _differ.GetDifferences(_after, again) : [])
        : new NonDeterministicParts(_after, [], _ => MachineSettings.None);

    /// <summary>
    /// The snapshot, ready for comparison. One that an older major version of EF Core wrote is first brought up to date as `migrations
    /// add` does it, by a service of the Design package; without that package some differences may be the upgrade's.
    /// </summary>
    private IModel? Snapshot(DbContext context, IModel? model)
    {
        _isFromOtherMajor = model?.GetProductVersion() is { } version && Major(version) != Major(ProductInfo.GetVersion());
        _isBroughtUpToDate = _isFromOtherMajor && DesignTime.IsAvailable;
        return _isBroughtUpToDate ? DesignTime.ProcessSnapshot(context, model!) : Finalized(context, model);
    }

    private static string Major(string version) => version.Split('.')[0];

    /// <summary>Makes a model of a snapshot or migration ready for comparison.</summary>
    /// <param name="context">Any context of the same type.</param>
    /// <param name="model">The model as the snapshot's or Designer's C# builds it.</param>
    public static IModel? Finalized(DbContext context, IModel? model) =>
        model is null ? null : context.GetService<IModelRuntimeInitializer>().Initialize(model, designTime: true, validationLogger: null);

    /// <summary>The drift as findings, one a property or class, ten at most and one that counts the rest.</summary>
    /// <param name="source">Where the places come from.</param>
    public IEnumerable<Diagnostic> Findings(SourceMap source)
    {
        if (!HasSnapshot)
            return [MissingSnapshot(source)];
        if (Operations.Count == 0)
            return FormatFindings();
        var describer = Describer;
        var contextName = OperationSubject.ShortName(_context.GetType());
        var run = Hint.Run(VerbTable.Revision).With("Msg", MigrationName.ToMessage(DraftName));
        var upgrade = new UpgradeChanges(_before, _after, _isFromOtherMajor);
        var byUser = Changes.Where(change => !upgrade.Contains(change.Operation)).GroupBy(change => change.Subject).Select(group => new Diagnostic(
            DiagnosticCodes.Drift,
            $"{group.Key.NameIn(contextName)} has no migration: {Join(group.Select(change => describer.Describe(change.Operation)))}.{Reservation}",
            run,
            PlaceOf(group.Key, source)));
        var byUpgrade = Changes.Where(change => upgrade.Contains(change.Operation)).Select(change => describer.Describe(change.Operation)).ToList();
        var findings = NonDeterministicFindings(source).Concat(byUser).ToList();
        if (byUpgrade.Count > 0)
        {
            findings.Add(new Diagnostic(
                DiagnosticCodes.Drift,
                $"{contextName} has no migration for the upgrade from EF Core {SnapshotVersion} to {ProductInfo.GetVersion()}, which maps {(byUpgrade.Count == 1 ? "1 thing" : $"{byUpgrade.Count} things")} differently: {Join(byUpgrade)}.{Reservation}",
                run,
                source.PlaceOf(_context.GetType())));
        }

        return findings.Count <= MaxFindings
            ? findings
            : findings.Take(MaxFindings).Append(new Diagnostic(
                DiagnosticCodes.Drift,
                $"{findings.Count - MaxFindings} more differences between {contextName} and its migrations.",
                run,
                source.PlaceOf(_context.GetType())));
    }

    /// <summary>Why no migration can be made that the model would match; <see langword="null"/> if one can be.</summary>
    /// <param name="source">Where the place comes from.</param>
    public Diagnostic? NonDeterminism(SourceMap source) => NonDeterministicFindings(source).FirstOrDefault() is not { } first ? null
        : NonDeterministic.Parts.Skip(1).Select(part => part.NameIn(_context.GetType(), source)).ToList() is { Count: > 0 } others ? first with { Message = $"{first.Message}. The same holds for {string.Join(", ", others)}" }
        : first;

    private IEnumerable<Diagnostic> NonDeterministicFindings(SourceMap source) => NonDeterministic.Parts.Select(part => part.ToDiagnostic(_context.GetType(), Describer, source));

    /// <summary>The finding that there is no snapshot.</summary>
    /// <param name="source">Where the place comes from.</param>
    public Diagnostic MissingSnapshot(SourceMap source)
    {
        var name = OperationSubject.ShortName(_context.GetType());
        return new Diagnostic(
            DiagnosticCodes.NoSnapshot,
            $"{name} has {_migrations.Migrations.Count} migrations and no model snapshot, so nothing says what they come to. Restore {name}ModelSnapshot.cs from version control",
            source.PlaceOf(_context.GetType()));
    }

    /// <summary>
    /// EF Core's own check takes the snapshot of another version as it stands, and then calls for a migration that would be empty.
    /// </summary>
    private IEnumerable<Diagnostic> FormatFindings()
    {
        if (_before is null || SnapshotVersion == ProductInfo.GetVersion() || !_differ.HasDifferences(AsItStands(), _after))
            yield break;
        yield return new Diagnostic(
            DiagnosticCodes.SnapshotFormat,
            $"The snapshot of {OperationSubject.ShortName(_context.GetType())} was written by EF Core {SnapshotVersion} and reads differently "
            + $"under {ProductInfo.GetVersion()}, but no table changes. EF Core's own check reports it until the snapshot is written again.",
            new Hint("To write it, run", VerbTable.Revision).With("DbEmpty", "true"));
    }

    /// <summary>The snapshot as EF Core's own check and <c>Database.Migrate()</c> compare it: not brought up to date.</summary>
    private IRelationalModel? AsItStands() => !_isBroughtUpToDate
        ? _before
        : Finalized(_context, ((ModelSnapshot)Activator.CreateInstance(_migrations.ModelSnapshot!.GetType())!).Model)?.GetRelationalModel();

    private OperationDescriber Describer => OperationDescriber.For(_context, After);

    private string SnapshotVersion => Before?.GetProductVersion() ?? "an unknown version";

    private string Reservation => _isFromOtherMajor && !_isBroughtUpToDate
        ? $" (The snapshot is EF Core {SnapshotVersion}'s; compared without Microsoft.EntityFrameworkCore.Design, which knows how it differs: add that package for an exact answer.)"
        : "";

    private static string Join(IEnumerable<string> sentences)
    {
        var all = sentences.ToList();
        return all.Count <= 5 ? string.Join("; ", all) : string.Join("; ", all.Take(4)) + $"; {all.Count - 4} more changes";
    }

    private Place? PlaceOf(OperationSubject subject, SourceMap source) =>
        (subject.Member is { } member ? source.PlaceOf(member) : subject.Entity is { } entity ? source.PlaceOf(entity) : null)
        ?? source.PlaceOf(_context.GetType());
}
