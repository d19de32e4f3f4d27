using System.Text;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Review;

/// <summary>
/// The SQL files of a migration. Each must have been written by MigrationsBuild, must contain no invisible characters, and must have the
/// header of its migration.
/// </summary>
internal sealed class MigrationFiles
{
    private readonly MigrationReport _migration;
    private readonly ContextReport _context;
    private readonly ApprovalsFile? _approvals;
    private readonly List<Diagnostic> _refusals = [];

    /// <summary>Reads the files.</summary>
    public MigrationFiles(MigrationReport migration, ContextReport context, ApprovalsFile? approvals)
    {
        (_migration, _context, _approvals) = (migration, context, approvals);
        Up = Read(migration.Up, SqlFile.Up);
        Down = Read(migration.Down, SqlFile.Down);
    }

    /// <summary>The up file; <see langword="null"/> if it doesn't exist or isn't from MigrationsBuild.</summary>
    public SqlFile? Up { get; }

    /// <summary>The down file; <see langword="null"/> if it doesn't exist or isn't from MigrationsBuild.</summary>
    public SqlFile? Down { get; }

    /// <summary>The reasons why the files can't be approved as they are.</summary>
    public IReadOnlyList<Diagnostic> Refusals => _refusals;

    /// <summary>Whether a file from MigrationsBuild can't be approved as it is.</summary>
    public bool HasInvalidFile => _refusals.Exists(refusal => refusal.Code != DiagnosticCodes.UnrelatedSqlFile);

    /// <summary>Whether SQL may be written to a file: it doesn't exist, or it was generated and not edited.</summary>
    public static bool CanWrite(string path, SqlDialect dialect) => !File.Exists(path) || TryRead(path, dialect) is { IsAsGenerated: true };

    /// <summary>Reads a file; <see langword="null"/> if it isn't from MigrationsBuild.</summary>
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
                new Location(path, 1, 1));
            return null;
        }

        if (InvisibleSql.Find(text, _context.Dialect) is { } character)
        {
            Refuse(
                DiagnosticCodes.InvisibleText,
                $"This SQL of {_migration.Id} contains {character}, which a reviewer can't see. "
                + $"Remove it, or write it as an escape in a literal. {Restore}",
                Location.At(path, text, character.Offset),
                ApproveAgain);
        }
        else if (Flaw(file, direction) is { } flaw)
        {
            Refuse(
                DiagnosticCodes.Edited,
                $"The header of this SQL of {_migration.Id} isn't the one that MigrationsBuild wrote: {flaw.Why}. {Restore}",
                Location.At(path, text, flaw.Offset),
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
            // If the context was renamed, that is one finding, at the approvals file. An adoption writes all headers again.
            ?? (_approvals is null || file.Context == _approvals.Context ? null
                : Differs("Context", file.Context, SqlFile.HeaderValue(_context.Name)));
    }

    private void Refuse(DiagnosticCode code, string message, Location location, Hint? hint = null) =>
        _refusals.Add(new Diagnostic(code, message, location) { Hints = hint is null ? [] : [hint] });
}
