using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Lint;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Review;

/// <summary>The findings of the lint on a migration that isn't approved.</summary>
internal sealed class MigrationLint
{
    private readonly MigrationReport _migration;
    private readonly SqlFile? _up;
    private readonly SqlFile? _down;

    /// <summary>Lints a migration.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="dialect">The dialect of its SQL.</param>
    /// <param name="up">Its up file; <see langword="null"/> if it isn't written yet. Then the SQL of the C# is linted.</param>
    /// <param name="down">Its down file, if there is one.</param>
    /// <param name="earlier">The migrations before it, newest first.</param>
    public MigrationLint(MigrationReport migration, SqlDialect dialect, SqlFile? up, SqlFile? down, IEnumerable<MigrationReport> earlier)
    {
        (_migration, _up, _down) = (migration, up, down);
        Comments = File.Exists(migration.Source) ? Acceptance.InComments(File.ReadAllText(migration.Source)) : [];
        var input = new LintInput(up?.Body ?? migration.Emission?.Up ?? "", dialect)
        {
            Down = down?.Body ?? (up is null ? migration.Emission?.Down : null) ?? "",
            Before = migration.Schema?.Before ?? "",
            After = migration.Schema?.After ?? "",
            EnumTexts = migration.Schema?.EnumTexts ?? [],
            Discriminators = migration.Schema?.Discriminators ?? [],
            Earlier = earlier
                .Where(other => File.Exists(other.Up))
                .Select(other => MigrationFiles.TryRead(other.Up, dialect)?.Body)
                .OfType<string>(),
        };
        Findings = [.. Linter.Lint(input).Select(ToDiagnostic)];
    }

    /// <summary>The findings that comments in the C# accept.</summary>
    public IReadOnlyList<Acceptance> Comments { get; }

    /// <summary>The findings. Those that a comment accepts are messages.</summary>
    public IReadOnlyList<Diagnostic> Findings { get; }

    private Diagnostic ToDiagnostic(LintFinding finding)
    {
        var isAccepted = Comments.Any(comment => comment.Code == finding.Code.Id);
        return new Diagnostic(finding.Code, finding.Message, LocationOf(finding))
        {
            Severity = isAccepted ? Severity.Message : finding.Severity,
            Hints = finding.Rename is { } answer
                ? [new Hint($"{answer.If}, run", VerbTable.Revision).With("DbAmend", "true").With("DbRename", answer.Value)]
                : [],
        };
    }

    private Location LocationOf(LintFinding finding)
    {
        var (file, path) = finding.IsDown ? (_down, _migration.Down) : (_up, _migration.Up);
        return file is null
            ? new Location(_migration.Source, 1, 1)
            : Location.At(path, SourceText.Read(path), file.BodyOffset + finding.Offset);
    }
}
