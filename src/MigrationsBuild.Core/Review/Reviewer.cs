using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Revisions;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Review;

/// <summary>Compares the files of a migration with its approval.</summary>
/// <param name="migration">The migration.</param>
/// <param name="context">The context of the migration.</param>
/// <param name="approvals">The context's approvals file; <see langword="null"/> if it isn't adopted.</param>
internal sealed class Reviewer(MigrationReport migration, ContextReport context, ApprovalsFile? approvals)
{
    private readonly Approval? _approval = approvals?.Find(migration.Id);
    private static readonly DiagnosticCode[] _refused =
        [DiagnosticCodes.UnrelatedSqlFile, DiagnosticCodes.InvisibleText, DiagnosticCodes.NotEmittable];

    private readonly List<Diagnostic> _findings = [];
    private SqlFile? _up;
    private SqlFile? _down;

    private string Name => migration.Id;

    /// <summary>The migrations before it, newest first.</summary>
    public IEnumerable<MigrationReport> Earlier { get; init; } = [];

    /// <summary>
    /// Whether a verdict needs the SQL that the C# generates now. A draft that wasn't edited needs it always, because its SQL may depend on
    /// more than the hashed files. An approved migration needs it only if its C# has changed since it was compared with the approved SQL.
    /// </summary>
    public bool NeedsEmission() => _approval is null
        ? MigrationFiles.CanWrite(migration.Up, context.Dialect) && MigrationFiles.CanWrite(migration.Down, context.Dialect)
        : _approval.SourceHash != migration.SourceHash && _approval.UpHash != Approval.None;

    /// <summary>Whether the emission differs although the C# is the approved one, so that it may be non-deterministic.</summary>
    public bool NeedsSecondEmission()
    {
        var files = new MigrationFiles(migration, context, approvals);
        (_up, _down) = (files.Up, files.Down);
        return _approval?.SourceHash == migration.SourceHash
            && _up is not null
            && migration.Emission is { Up: not null } emission
            && !Generates(emission);
    }

    /// <summary>The verdict. Without an approvals file, its findings only say what prevents an adoption.</summary>
    /// <param name="previous">The id of the migration before this one, or <see cref="Approval.Base"/>.</param>
    public ReviewedMigration Review(string previous)
    {
        var files = new MigrationFiles(migration, context, approvals);
        (_up, _down) = (files.Up, files.Down);
        _findings.AddRange(files.Refusals);
        var state = (approvals, _approval) switch
        {
            (null, _) => MigrationState.NotAdopted,
            _ when files.HasInvalidFile => MigrationState.Edited,
            (_, null) => ReviewDraft(),
            ({ } all, { } approval) => ReviewApproved(approval, previous, all),
        };
        var lint = IsLinted(state) ? new MigrationLint(migration, context.Dialect, _up, _down, Earlier) : null;
        return new ReviewedMigration(migration, state, _up, _down, [.. _findings, .. lint?.Findings ?? []])
        {
            Comments = lint?.Comments ?? [],
            Approval = _approval,
            Assertions = AssertionsFile.HashOf(migration.Up),
            Refusal = files.Refusals.Count > 0 ? files.Refusals[0] : null,
        };
    }

    /// <summary>Whether somebody will have to approve the SQL.</summary>
    private bool IsLinted(MigrationState state) => _findings.TrueForAll(finding => !_refused.Contains(finding.Code)) && state switch
    {
        MigrationState.Draft => true,
        MigrationState.Edited => _up is not null && !_up.Holds(_approval?.UpHash ?? ""),
        _ => false,
    };

    private MigrationState ReviewDraft()
    {
        if (migration.Emission is { Up: null } refused)
        {
            Add(
                DiagnosticCodes.NotEmittable,
                $"{Name} can't be written as SQL: {refused.Reason}. Fix the migration's C#, or remove the migration.",
                migration.Source);
            // SQL that an earlier build has generated no longer matches the C#, so it must not be applied.
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
        if (_down is null && approved.DownHash != Approval.Irreversible)
            return Edited("The approved SQL that reverts the migration is missing", migration.Down);
        if (_down is not null && !_down.Holds(approved.DownHash))
            return Edited("This SQL isn't the one that was approved", migration.Down);
        return migration.Emission is not { } emission || Generates(emission)
            ? ReviewOrder(approved, previous, approvals)
            : ReviewEmission(emission, approved, previous, approvals);
    }

    /// <summary>Reviews an emission that differs from the approved SQL.</summary>
    private MigrationState ReviewEmission(Emission emission, Approval approved, string previous, ApprovalsFile approvals)
    {
        if (approved.SourceHash == migration.SourceHash && IsNonDeterministic(emission))
        {
            Add(
                DiagnosticCodes.NonDeterministicSql,
                $"{Path.GetFileName(migration.Source)} generates non-deterministic SQL: it contains the current time, "
                + "a new Guid or the like. The approved values are executed.",
                migration.Source);
            return ReviewOrder(approved, previous, approvals);
        }

        if (emission.Up is not null && _up!.Generator != context.Generator && approved.SourceHash == migration.SourceHash)
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

    /// <summary>A migration that was approved without SQL must have no SQL files, because nobody has read them.</summary>
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

    /// <summary>
    /// Whether the emission is the SQL that was generated before the approval. The header of a file that was edited by hand contains the
    /// hash of that SQL.
    /// </summary>
    private bool Generates(Emission emission) => emission.Up is not null && IsGenerated(emission.Up, _up!) && (emission.Down, _down) switch
    {
        (null, null) => true,
        ({ } body, { } file) => IsGenerated(body, file),
        _ => false,
    };

    /// <summary>
    /// Whether the emission differs from the approved SQL only in values that are non-deterministic. If the SQL was edited by hand, the two
    /// can't be compared.
    /// </summary>
    private bool IsNonDeterministic(Emission emission) => emission.Up is not null
        && (_up!.IsAsGenerated && _down is not { IsAsGenerated: false } ? emission.Explains(_up, _down) : emission.IsNonDeterministic);

    /// <summary>
    /// Whether a body is the one that was generated for a file. An earlier version wrote blanks at line ends, and its hashes in the headers
    /// include them.
    /// </summary>
    private static bool IsGenerated(string body, SqlFile file) =>
        SqlFile.HashOf(body) == file.GeneratedHash || file.IsAsGenerated && SqlFile.HashOf(body) == file.BodyHash;

    private MigrationState ReviewOrder(Approval approved, string previous, ApprovalsFile approvals)
    {
        if (MigrationId.Equality.Equals(approvals.Present(approved.Previous), previous))
            return MigrationState.Approved;
        var branch = Branch(approved, previous, approvals);
        var what = branch.Count > 0
            ? $"{Name} was approved directly after {approved.Previous}, but a merge has put {string.Join(", ", branch)} between them."
            : $"{Name} was approved directly after {approved.Previous}, but now follows {previous}.";
        Add(DiagnosticCodes.OrderDiffers, what, migration.Up, ApproveThis("Check that it is still correct there, then run"));
        return MigrationState.Reordered;
    }

    /// <summary>The migrations that a merge has put between this one and its approved predecessor, oldest first.</summary>
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
        _findings.Add(new Diagnostic(code, message, new Location(path, 1, 1)) { Hints = hint is null ? [] : [hint] });
}
