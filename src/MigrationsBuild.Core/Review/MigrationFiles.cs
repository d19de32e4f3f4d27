using System.Text;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Review;

/// <summary>
/// A migration's SQL files, each held against the migration: that MigrationsBuild wrote it, that a reviewer can see it whole, and that
/// its header is the one that belongs to it.
/// </summary>
internal sealed class MigrationFiles
{
    private readonly MigrationReport _migration;
    private readonly ContextReport _context;
    private readonly ApprovalsFile? _approvals;
    private readonly List<Diagnostic> _refusals = [];

    /// <summary>Reads the files.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="context">Its context.</param>
    /// <param name="approvals">The context's approvals file, or <see langword="null"/>.</param>
    public MigrationFiles(MigrationReport migration, ContextReport context, ApprovalsFile? approvals)
    {
        (_migration, _context, _approvals) = (migration, context, approvals);
        Up = Read(migration.Up, SqlFile.Up);
        Down = Read(migration.Down, SqlFile.Down);
    }

    /// <summary>The up file; <see langword="null"/> if there is none of ours.</summary>
    public SqlFile? Up { get; }

    /// <summary>The down file; <see langword="null"/> if there is none of ours.</summary>
    public SqlFile? Down { get; }

    /// <summary>Why the files can't be approved as they are.</summary>
    public IReadOnlyList<Diagnostic> Refusals => _refusals;

    /// <summary>Whether a file of ours isn't what may be approved.</summary>
    public bool HasInvalidFile => _refusals.Exists(refusal => refusal.Code != DiagnosticCodes.UnrelatedSqlFile);

    /// <summary>Whether our SQL may be written there: nothing is, or what we generated and nobody edited.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dialect">Who reads its body.</param>
    public static bool CanWrite(string path, SqlDialect dialect) => !File.Exists(path) || TryRead(path, dialect) is { IsAsGenerated: true };

    /// <summary>Reads a file; <see langword="null"/> if it isn't ours.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dialect">Who reads its body.</param>
    public static SqlFile? TryRead(string path, SqlDialect dialect) => TryReadText(path) is { } text ? SqlFile.Parse(text, dialect) : null;

    private static string? TryReadText(string path)
    {
        try
        {
            return SourceText.Read(path);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private SqlFile? Read(string path, string direction)
    {
        if (!File.Exists(path))
            return null;
        var text = TryReadText(path) ?? "";
        if (SqlFile.Parse(text, _context.Dialect) is not { } file)
        {
            Refuse(
                DiagnosticCodes.UnrelatedSqlFile,
                $"This file wasn't written by MigrationsBuild, so it isn't overwritten, and {_migration.Id} has no SQL to approve. "
                + "Rename or delete the file.",
                new Place(path, 1, 1));
            return null;
        }

        if (InvisibleText.FindInSql(text, _context.Dialect) is { } character)
        {
            Refuse(
                DiagnosticCodes.InvisibleText,
                $"This SQL of {_migration.Id} contains {character}, which a reviewer can't see. "
                + $"Remove it, or write it as an escape in a literal. {Restore}",
                Place.At(path, text, character.Offset),
                ApproveAgain);
        }
        else if (Flaw(file, direction) is { } flaw)
        {
            Refuse(
                DiagnosticCodes.Edited,
                $"The header of this SQL of {_migration.Id} isn't the one that MigrationsBuild wrote: {flaw.Why}. {Restore}",
                Place.At(path, text, flaw.Offset),
                ApproveAgain);
        }

        return file;
    }

    private bool IsApproved => _approvals?.Find(_migration.Id) is not null;

    private string Restore => IsApproved
        ? "Restore the file from version control, or delete it and approve the migration again."
        : "Restore the file from version control, or delete it: the next build writes it again.";

    private Hint? ApproveAgain => IsApproved ? new Hint("To approve it", VerbTable.Approve, _migration.Id) : null;

    private SqlFileFlaw? Flaw(SqlFile file, string direction)
    {
        SqlFileFlaw? Differs(string name, string value, string expected) =>
            value == expected ? null : new SqlFileFlaw(file.OffsetOf(name), $"its line \"{name}\" is {value}, but must be {expected}");
        return file.Flaw
            ?? Differs("Migration", file.Migration, _migration.Id)
            ?? Differs("Direction", file.Direction, direction)
            // A context of another name than the approvals file's is one finding, at that file; an adoption writes all headers again.
            ?? (_approvals is null || file.Context == _approvals.Context ? null
                : Differs("Context", file.Context, SqlFile.HeaderValue(_context.Name)));
    }

    private void Refuse(DiagnosticCode code, string message, Place place, Hint? hint = null) =>
        _refusals.Add(new Diagnostic(code, message, place) { Hints = hint is null ? [] : [hint] });
}
