using System.Text;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Review;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Scratch;

/// <summary>
/// The <see cref="AssertionsFile"/> of a migration: statements that run on the scratch database before the migration
/// and after it. Each must return no rows. They may also insert rows for the migration.
/// </summary>
internal sealed class Assertions
{
    private const string BeforeMark = "-- before";
    private const string AfterMark = "-- after";
    private const int MaxShown = 3;

    private readonly string _path;
    private readonly string _text;
    private readonly IReadOnlyList<SqlCommand> _commands;
    private readonly IReadOnlyList<(int Offset, bool IsBefore)> _sections;

    private Assertions(string path, string text, SqlFiles files)
    {
        (_path, _text) = (path, text);
        _commands = files.Parse(text);
        _sections = [.. Sections(text)];
    }

    /// <summary>Reads the file of a migration.</summary>
    /// <param name="files">The files of the run.</param>
    /// <param name="upPath">The path of the migration's SQL, as the manifest has it.</param>
    /// <returns>The assertions; <see langword="null"/> if there is no such file.</returns>
    /// <exception cref="MigrationsException">The file isn't UTF-8 text.</exception>
    public static Assertions? Of(SqlFiles files, string? upPath)
    {
        if (upPath is null)
            return null;
        var path = AssertionsFile.PathOf(files.Absolute(upPath));
        try
        {
            return File.Exists(path) ? new Assertions(path, SourceText.Read(path), files) : null;
        }
        catch (DecoderFallbackException failure)
        {
            throw new MigrationsException(DiagnosticCodes.SqlFailed, "The file isn't UTF-8 text.", new Location(path), failure);
        }
    }

    /// <summary>Executes the statements below a line <c>-- before</c>.</summary>
    /// <returns>The assertions that failed.</returns>
    /// <exception cref="MigrationsException">A statement failed.</exception>
    public Task<IReadOnlyList<Diagnostic>> BeforeAsync(Database database, CancellationToken cancellation) =>
        RunAsync(database, isBefore: true, cancellation);

    /// <summary>Executes the statements below a line <c>-- after</c>, and those above any such line.</summary>
    /// <returns>The assertions that failed.</returns>
    /// <exception cref="MigrationsException">A statement failed.</exception>
    public Task<IReadOnlyList<Diagnostic>> AfterAsync(Database database, CancellationToken cancellation) =>
        RunAsync(database, isBefore: false, cancellation);

    private async Task<IReadOnlyList<Diagnostic>> RunAsync(Database database, bool isBefore, CancellationToken cancellation)
    {
        var failed = new List<Diagnostic>();
        foreach (var command in _commands.Where(command => IsBefore(command.Statement!) == isBefore))
        {
            var location = Location.At(_path, _text, command.Statement!.Offset);
            try
            {
                var rows = await database.QueryFreshAsync(command, cancellation);
                if (rows.Count > 0)
                    failed.Add(Failed(isBefore, rows, location));
            }
            catch (SqlFailure failure) when (failure.Command is not null)
            {
                throw new MigrationsException(
                    DiagnosticCodes.SqlFailed,
                    $"{failure.Message}. The statement was executed {Time(isBefore)} on the scratch database.",
                    location,
                    failure);
            }
        }

        return failed;
    }

    private bool IsBefore(SqlStatement statement) => _sections.LastOrDefault(section => section.Offset < statement.Offset).IsBefore;

    private static IEnumerable<(int Offset, bool IsBefore)> Sections(string text)
    {
        var offset = 0;
        foreach (var line in text.Split('\n'))
        {
            if (line.Trim() is BeforeMark or AfterMark)
                yield return (offset, line.Trim() == BeforeMark);
            offset += line.Length + 1;
        }
    }

    private static Diagnostic Failed(bool isBefore, List<string?[]> rows, Location location) => new(
        DiagnosticCodes.AssertionFailed,
        $"{(rows.Count == 1 ? "1 row" : $"{rows.Count} rows")} {Time(isBefore)}: "
        + string.Join("; ", rows.Take(MaxShown).Select(row => string.Join(", ", row.Select(value => value ?? "null"))))
        + (rows.Count > MaxShown ? "; …" : "."),
        new Hint("Correct the migration or the query, then run", VerbTable.Verify),
        location);

    private static string Time(bool isBefore) => isBefore ? "before the migration" : "after the migration";
}
