using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Revisions;
using MigrationsBuild.Vocabulary;
using MigrationsBuild.Worker.Source;

namespace MigrationsBuild.Worker.Model;

/// <summary>The findings about a model drift.</summary>
internal sealed class DriftFindings(ModelDrift drift, SourceMap source)
{
    private const int MaxFindings = 10;

    private readonly string _context = drift.Context.ShortName();
    private readonly OperationDescriber _describer = drift.Describer;
    private Hint? _run;

    /// <summary>A finding for each property or class, ten at most, and one that counts the others.</summary>
    public IReadOnlyList<Diagnostic> All
    {
        get
        {
            if (!drift.HasSnapshot)
                return [MissingSnapshot];
            if (drift.Operations.Count == 0)
                return IsOtherFormat ? [SnapshotFormat] : [];
            List<Diagnostic> findings = [.. NonDeterministicParts, .. ChangesOfUser(), .. ChangesOfUpgrade()];
            return findings.Count <= MaxFindings
                ? findings
                : [.. findings.Take(MaxFindings), Remaining(findings.Count - MaxFindings)];
        }
    }

    /// <summary>The finding that migrations have no snapshot.</summary>
    public Diagnostic MissingSnapshot => new(
        DiagnosticCodes.NoSnapshot,
        $"{_context} has {drift.MigrationCount} migrations but no model snapshot, so its model can't be compared with them. "
        + $"Restore {_context}ModelSnapshot.cs from version control",
        ContextPlace);

    /// <summary>The finding that no migration can match the model; <see langword="null"/> if the model is deterministic.</summary>
    public Diagnostic? NonDeterminism
    {
        get
        {
            if (NonDeterministicParts.FirstOrDefault() is not { } first)
                return null;
            var others = string.Join(", ", drift.NonDeterministic.Parts.Skip(1).Select(part => part.NameIn(drift.Context, source)));
            return others.Length == 0 ? first : first with { Message = $"{first.Message}. The same applies to {others}" };
        }
    }

    private Location? ContextPlace => source.LocationOf(drift.Context);

    private string SnapshotVersion => drift.Before?.GetProductVersion() ?? "an unknown version";

    private Hint RunRevision => _run ??= Hint.Run(VerbTable.Revision).With("Msg", MigrationName.ToMessage(drift.DraftName));

    private IEnumerable<Diagnostic> NonDeterministicParts =>
        drift.NonDeterministic.Parts.Select(part => part.ToDiagnostic(drift.Context, _describer, source));

    private string Reservation => !drift.IsInexact ? ""
        : $" (The snapshot is EF Core {SnapshotVersion}'s; compared without Microsoft.EntityFrameworkCore.Design, "
        + "which knows how it differs: add that package for an exact answer.)";

    private IEnumerable<Diagnostic> ChangesOfUser() => drift.Changes
        .Where(change => !drift.Upgrade.Contains(change.Operation))
        .GroupBy(change => change.Subject)
        .Select(group => new Diagnostic(
            DiagnosticCodes.Drift,
            $"{group.Key.NameIn(_context)} has no migration: {Describe(group.Select(change => change.Operation))}.{Reservation}",
            RunRevision,
            LocationOf(group.Key)));

    private IEnumerable<Diagnostic> ChangesOfUpgrade()
    {
        var operations = drift.Changes.Select(change => change.Operation).Where(drift.Upgrade.Contains).ToList();
        if (operations.Count == 0)
            yield break;
        var count = operations.Count == 1 ? "1 thing" : $"{operations.Count} things";
        yield return new Diagnostic(
            DiagnosticCodes.Drift,
            $"{_context} has no migration for the upgrade from EF Core {SnapshotVersion} to {ProductInfo.GetVersion()}, "
            + $"which maps {count} differently: {Describe(operations)}.{Reservation}",
            RunRevision,
            ContextPlace);
    }

    private Diagnostic Remaining(int count) => new(
        DiagnosticCodes.Drift,
        $"{count} more differences between {_context} and its migrations.",
        RunRevision,
        ContextPlace);

    /// <summary>Whether only EF Core's own check finds a difference. A migration for it would be empty.</summary>
    private bool IsOtherFormat =>
        drift.Before is not null && SnapshotVersion != ProductInfo.GetVersion() && drift.HasDifferencesForEfCore();

    private Diagnostic SnapshotFormat => new(
        DiagnosticCodes.SnapshotFormat,
        $"The snapshot of {_context} was written by EF Core {SnapshotVersion} and reads differently "
        + $"under {ProductInfo.GetVersion()}, but no table changes. EF Core's own check reports it until the snapshot is written again.",
        new Hint("To write it, run", VerbTable.Revision).With("DbEmpty", "true"));

    private string Describe(IEnumerable<MigrationOperation> operations)
    {
        var all = operations.Select(_describer.Describe).ToList();
        return all.Count <= 5 ? string.Join("; ", all) : string.Join("; ", all.Take(4)) + $"; {all.Count - 4} more changes";
    }

    private Location? LocationOf(OperationSubject subject)
    {
        var location = subject.Member is { } member ? source.LocationOf(member)
            : subject.Entity is { } entity ? source.LocationOf(entity)
            : null;
        return location ?? ContextPlace;
    }
}
