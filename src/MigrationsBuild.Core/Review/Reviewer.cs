using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Revisions;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Review;

/// <summary>Holds one migration's files against its approval.</summary>
/// <param name="migration">The migration.</param>
/// <param name="context">Its context.</param>
/// <param name="approvals">The context's approvals file, or <see langword="null"/>: not adopted.</param>
internal sealed class Reviewer(MigrationReport migration, ContextReport context, ApprovalsFile? approvals)
{
    private readonly Approval? _approval = approvals?.Find(migration.Id);
    private readonly List<Diagnostic> _findings = [];
    private SqlFile? _up;
    private SqlFile? _down;

    private string Name => migration.Id;

    /// <summary>
    /// Whether a verdict needs the SQL that the C# yields now: of every draft that nobody has edited, because no hash sees all that its
    /// SQL may come from; of an approved migration only if its C# isn't the one that was compared with the approved SQL.
    /// </summary>
    public bool NeedsEmission() => _approval is null
        ? MigrationFiles.CanWrite(migration.Up, context.Dialect) && MigrationFiles.CanWrite(migration.Down, context.Dialect)
        : _approval.SourceHash != migration.SourceHash && _approval.UpHash != Approval.None;

    /// <summary>Whether the emission isn't what was approved though the C# is: then it may be another one each time.</summary>
    public bool NeedsSecondEmission()
    {
        var files = new MigrationFiles(migration, context, approvals);
        (_up, _down) = (files.Up, files.Down);
        return _approval?.SourceHash == migration.SourceHash && _up is not null && migration.Emission is { Up: not null } emission && !Yields(emission);
    }

    /// <summary>The verdict. Without approvals file it only says what stands in the way of adoption.</summary>
    /// <param name="previous">The id before this one, or <see cref="Approval.Base"/>.</param>
    public ReviewedMigration Review(string previous)
    {
        var files = new MigrationFiles(migration, context, approvals);
        (_up, _down) = (files.Up, files.Down);
        _findings.AddRange(files.Refusals);
        var state = approvals is null ? MigrationState.NotAdopted
            : files.HasInvalidFile ? MigrationState.Edited
            : _approval is null ? ReviewDraft()
            : ReviewApproved(_approval, previous, approvals);
        return new ReviewedMigration(migration, state, _up, _down, _findings)
        {
            Approval = _approval,
            Refusal = files.Refusals.Count > 0 ? files.Refusals[0] : null,
        };
    }

    private MigrationState ReviewDraft()
    {
        if (migration.Emission is { Up: null } refused)
        {
            Add(DiagnosticCodes.NotEmittable, $"{Name} can't be written as SQL: {refused.Reason}. Fix the migration's C#, or remove the migration.", migration.Source);
            // What an earlier build has written isn't what the C# says: nobody may apply it.
            if (_up is not { IsAsGenerated: false } && _down is not { IsAsGenerated: false })
                (_up, _down) = (null, null);
            return MigrationState.Draft;
        }

        if (_up is null)
        {
            if (!File.Exists(migration.Up))
                Add(DiagnosticCodes.NotApproved, $"{Name} is not approved.", migration.Source, Hint.Run(VerbTable.Approve));
            return MigrationState.Draft;
        }

        var isEdited = !_up.IsAsGenerated || _down is { IsAsGenerated: false };
        if (isEdited && _up.SourceHash != migration.SourceHash)
        {
            Add(
                DiagnosticCodes.Edited,
                $"{Name} was edited by hand, and its C# has changed since. Delete this file to have it generated again.",
                migration.Up,
                ApproveThis("Or keep the edit"));
            return MigrationState.Edited;
        }

        Add(
            DiagnosticCodes.NotApproved,
            $"{Name} is not approved{(isEdited ? " (edited by hand)" : "")}.",
            migration.Up,
            new Hint("Read this SQL, then run", VerbTable.Approve));
        return MigrationState.Draft;
    }

    private MigrationState ReviewApproved(Approval approved, string previous, ApprovalsFile approvals)
    {
        if (approved.UpHash == Approval.None)
            return ReviewWithoutSql(approved, previous, approvals);
        if (_up is null)
        {
            if (!File.Exists(migration.Up))
                return Edited("The approved SQL of this migration is missing", migration.Up);
            return MigrationState.Edited;
        }

        if (!_up.Holds(approved.UpHash))
            return Edited("This SQL isn't the one that was approved", migration.Up);
        if (!(_down?.Holds(approved.DownHash) ?? approved.DownHash == Approval.Irreversible))
            return Edited(_down is null ? "The approved SQL that reverts the migration is missing" : "This SQL isn't the one that was approved", migration.Down);
        if (migration.Emission is not { } emission || Yields(emission))
            return ReviewOrder(approved, previous, approvals);
        if (approved.SourceHash == migration.SourceHash && IsNonDeterministic(emission))
        {
            Add(
                DiagnosticCodes.NonDeterministicSql,
                $"{Path.GetFileName(migration.Source)} generates non-deterministic SQL: it contains the current time, "
                + "a new Guid or the like. The approved values are executed.",
                migration.Source);
            return ReviewOrder(approved, previous, approvals);
        }

        if (emission.Up is not null && _up.Generator != context.Generator && approved.SourceHash == migration.SourceHash)
        {
            Add(
                DiagnosticCodes.OtherGenerator,
                $"{Name} was approved with the SQL of {_up.Generator}. {context.Generator} generates different SQL for the same C#. "
                + "The approved SQL is executed.",
                migration.Up);
            return ReviewOrder(approved, previous, approvals);
        }

        var generates = emission.Up is null ? $"no SQL ({emission.Reason})" : "SQL that differs from the approved SQL";
        return Edited($"{Path.GetFileName(migration.Source)} now generates {generates}", migration.Source);
    }

    /// <summary>Nobody has read the SQL of such a migration, so there must be none.</summary>
    private MigrationState ReviewWithoutSql(Approval approved, string previous, ApprovalsFile approvals)
    {
        if (new[] { migration.Up, migration.Down }.FirstOrDefault(File.Exists) is not { } path)
            return ReviewOrder(approved, previous, approvals);
        if (_findings.Count == 0)
        {
            Add(
                DiagnosticCodes.Edited,
                $"{Name} was approved without SQL, and the SQL in this file is not approved. Delete the file.",
                path,
                ApproveThis("Or approve it"));
        }

        return MigrationState.Edited;
    }

    /// <summary>An approved file that was edited by hand isn't what the C# yields; its header says what was yielded then.</summary>
    private bool Yields(Emission emission) =>
        emission.Up is not null && Yields(emission.Up, _up!) && (_down is null ? emission.Down is null : emission.Down is not null && Yields(emission.Down, _down));

    /// <summary>
    /// Whether the emission differs from the approved SQL only in values that are others each time. Of SQL that was edited by hand
    /// nobody knows.
    /// </summary>
    private bool IsNonDeterministic(Emission emission) => emission.Up is not null
        && (_up!.IsAsGenerated && _down is not { IsAsGenerated: false } ? emission.Explains(_up, _down) : emission.IsNonDeterministic);

    /// <summary>An earlier version wrote blanks at line ends, which the hash in the header of its file then counts.</summary>
    private static bool Yields(string body, SqlFile file) =>
        SqlFile.HashOf(body) == file.GeneratedHash || file.IsAsGenerated && SqlFile.HashOf(body) == file.BodyHash;

    private MigrationState ReviewOrder(Approval approved, string previous, ApprovalsFile approvals)
    {
        if (MigrationId.Equality.Equals(approved.Previous, previous))
            return MigrationState.Approved;
        var branch = Branch(approved, previous, approvals);
        var what = branch.Count > 0
            ? $"{Name} was approved directly after {approved.Previous}, but a merge has put {string.Join(", ", branch)} between them."
            : $"{Name} was approved directly after {approved.Previous}, but now follows {previous}.";
        Add(DiagnosticCodes.OrderDiffers, what, migration.Up, ApproveThis("Check that it is still correct there, then run"));
        return MigrationState.Reordered;
    }

    /// <summary>The migrations before this one that were approved after the same one, oldest first; empty if it isn't so.</summary>
    private static List<string> Branch(Approval approved, string previous, ApprovalsFile approvals)
    {
        var branch = new List<string>();
        for (var id = previous; approvals.Find(id) is { } other && branch.Count < approvals.Approvals.Count; id = other.Previous)
        {
            branch.Insert(0, id);
            if (MigrationId.Equality.Equals(other.Previous, approved.Previous))
                return branch;
        }

        return [];
    }

    private MigrationState Edited(string what, string path)
    {
        Add(DiagnosticCodes.Edited, $"{what}: {Name}. Restore it from version control.", path, ApproveThis("Or approve it again"));
        return MigrationState.Edited;
    }

    private Hint ApproveThis(string leadIn) => new(leadIn, VerbTable.Approve, Name);

    private void Add(DiagnosticCode code, string message, string path, Hint? hint = null) =>
        _findings.Add(new Diagnostic(code, message, new Place(path, 1, 1)) { Hints = hint is null ? [] : [hint] });
}
