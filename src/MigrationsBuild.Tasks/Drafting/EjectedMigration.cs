using MigrationsBuild.Contexts;
using MigrationsBuild.Designers;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Drafting;

/// <summary>A migration whose C# gets the SQL of its files in place of its operations.</summary>
internal sealed class EjectedMigration
{
    private readonly SqlFile _up;
    private readonly SqlFile? _down;
    private readonly string _upBody;
    private readonly string? _downBody;

    /// <summary>Reads the files of a migration.</summary>
    /// <param name="migration">The migration, with an emission.</param>
    /// <exception cref="MigrationsException">Its C# or its SQL can't be read, or both have changed.</exception>
    public EjectedMigration(ReviewedMigration migration)
    {
        if (migration.Refusal is { } refusal)
            throw new MigrationsException(refusal);
        var report = migration.Report;
        _up = migration.Up ?? throw Refused(report, $"{report.Id} has no SQL file.", report.Source);
        _down = migration.Down;
        if (report.Emission is not { } emission || !Generates(emission) && _up.SourceHash != report.SourceHash)
        {
            throw Refused(
                report,
                $"{Path.GetFileName(report.Source)} has changed since the SQL was generated from it, and the change would be lost. "
                + "Restore it from version control.",
                report.Source);
        }

        var isCSharp = report.Source.EndsWith(".cs", StringComparison.OrdinalIgnoreCase);
        if (!isCSharp || MigrationCode.Parse(File.ReadAllText(report.Source)) is not { } code)
        {
            throw Refused(
                report,
                $"Up and Down of {Path.GetFileName(report.Source)} can't be read, for example because they contain an interpolated "
                + "string or a conditional directive. Replace them with calls of migrationBuilder.Sql yourself.",
                report.Source);
        }

        if (_down is not null && !code.HasDown)
        {
            throw Refused(
                report,
                $"{Path.GetFileName(report.Source)} has no method Down for the SQL of {Path.GetFileName(report.Down)}. Add an empty one.",
                report.Source);
        }

        var (up, down) = (SqlBody.Read(_up.Body, _up.Dialect), _down is null ? null : SqlBody.Read(_down.Body, _down.Dialect));
        (_upBody, _downBody) = (SqlBody.Write(up, _up.Dialect), down is null ? null : SqlBody.Write(down, _up.Dialect));
        (Report, UpCalls, DownCalls) = (report, up.Count, down?.Count ?? 0);
        Code = new SourceChange(report.Source, code.WithSql(up, down), SourceText.HasByteOrderMark(report.Source));
    }

    /// <summary>The migration.</summary>
    public MigrationReport Report { get; }

    /// <summary>The number of calls of <c>migrationBuilder.Sql</c> in Up.</summary>
    public int UpCalls { get; }

    /// <summary>The number of calls of <c>migrationBuilder.Sql</c> in Down; 0 if Down is kept, because there is no down file.</summary>
    public int DownCalls { get; }

    /// <summary>The C# file.</summary>
    public SourceChange Code { get; }

    /// <summary>Whether the SQL files get another layout, so that their hashes change.</summary>
    public bool ChangesLayout => !_up.Holds(SqlFile.HashOf(_upBody)) || (_down is not null && !_down.Holds(SqlFile.HashOf(_downBody!)));

    /// <summary>Whether the C# of a migration generates other SQL than its files have.</summary>
    /// <param name="migration">The migration, with an emission.</param>
    public static bool IsNeeded(ReviewedMigration migration) => migration.Report.Emission is not { } emission
        || migration.Up is not { } up || emission.Up != up.Body || emission.Down != migration.Down?.Body;

    /// <summary>Adds the C# file, and the SQL files as generated from it.</summary>
    public void AddTo(FileTransaction files)
    {
        Code.AddTo(files);
        files.Write(Report.Up, Generated(_up, _upBody).ToText());
        if (_down is not null)
            files.Write(Report.Down, Generated(_down, _downBody!).ToText());
    }

    /// <summary>The SQL of an approved file counts as it is; only the header says what the C# generates.</summary>
    private static SqlFile Generated(SqlFile file, string body) => file with { GeneratedHash = SqlFile.HashOf(body), Body = body };

    /// <summary>Whether the C# generates what it generated when the files were written.</summary>
    private bool Generates(Emission emission) => emission.Up is { } up && SqlFile.HashOf(up) == _up.GeneratedHash
        && (emission.Down is null ? _down is null : _down is null || SqlFile.HashOf(emission.Down) == _down.GeneratedHash);

    private static MigrationsException Refused(MigrationReport report, string why, string path) =>
        new(DiagnosticCodes.NotEjected, why, Hint.Run(VerbTable.Eject, report.Id), new Location(path, 1, 1));
}
