using System.Text;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>The SQL files of a manifest, each held against its hash before any of it is executed.</summary>
/// <param name="manifest">The manifest.</param>
/// <param name="location">Where its files are.</param>
internal sealed class SqlFiles(Manifest manifest, ManifestPaths location)
{
    private readonly Dictionary<string, (SqlFile File, string Text)> _files = [];
    private readonly Dictionary<string, IReadOnlyList<SqlCommand>> _statements = [];

    private SqlDialect Dialect => SqlDialects.OfProvider(manifest.Provider);

    /// <summary>Reads every file that could be executed.</summary>
    /// <exception cref="MigrationsException">One isn't what the manifest says.</exception>
    public void Verify()
    {
        foreach (var migration in manifest.Migrations)
        {
            if (migration.UpPath is not null)
                Read(migration.UpPath, migration.UpHash);
            if (migration.DownPath is not null)
                Read(migration.DownPath, migration.DownHash);
        }
    }

    /// <summary>The statements of an up or down file.</summary>
    /// <param name="path">Its path as the manifest has it.</param>
    /// <exception cref="MigrationsException">One of them, written by hand, is none that a runner can run.</exception>
    public IReadOnlyList<SqlCommand> Statements(string path)
    {
        var commands = Parsed(path);
        return commands.FirstOrDefault(command => command.Statement is { Flaw: not null })?.Statement is { } flawed
            ? throw new MigrationsException(DiagnosticCodes.NotEmittable, $"This statement can't be run: {flawed.Flaw}. Nothing is done. Correct the SQL, approve it, and build or publish again.", PlaceOf(path, flawed, position: 0))
            : commands;
    }

    /// <summary>The statements of an up or down file, those included that no runner can run.</summary>
    /// <param name="path">Its path as the manifest has it.</param>
    public IReadOnlyList<SqlCommand> Parsed(string path)
    {
        if (!_statements.TryGetValue(path, out var commands))
            _statements[path] = commands = Parse(_files[path].File.Body);
        return commands;
    }

    /// <summary>The statements of SQL that isn't in a file.</summary>
    /// <param name="body">The SQL.</param>
    public IReadOnlyList<SqlCommand> Parse(string body)
    {
        var statements = manifest.History.Form is { } form ? SqlBatches.Cut(body, form.BatchTerminator) : SqlScript.Parse(body, Dialect);
        return [.. statements.Select(statement => new SqlCommand(statement.Text, statement))];
    }

    /// <summary>The body of a file.</summary>
    /// <param name="path">Its path as the manifest has it.</param>
    public string Body(string path) => _files[path].File.Body;

    /// <summary>Where a statement is.</summary>
    /// <param name="path">The file's path as the manifest has it.</param>
    /// <param name="statement">A statement of the file.</param>
    /// <param name="position">Where in it, in code points from 1; 0 for its beginning.</param>
    public Place PlaceOf(string path, SqlStatement statement, int position)
    {
        var (file, text) = _files[path];
        var offset = file.BodyOffset + statement.Offset + Utf16Offset(statement.Text, Math.Max(0, position - 1));
        return Place.At(Absolute(path), text, offset);
    }

    private void Read(string path, string hash)
    {
        location.RefuseForeign(path);
        var file = TryRead(Absolute(path), out var text);
        if (file is not { Flaw: null } || !file.Holds(hash))
        {
            throw new MigrationsException(
                DiagnosticCodes.Tampered,
                $"{(file is null ? "The file is missing or unreadable" : "The file's SQL isn't the one that the build verified")}, so nothing is applied. Build again, or publish again.",
                new Place(Absolute(path), 1, 1));
        }

        _files[path] = (file, text);
    }

    private SqlFile? TryRead(string path, out string text)
    {
        text = "";
        try
        {
            text = SourceText.Read(path);
            return SqlFile.Parse(text, Dialect);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>A path of the manifest, absolute.</summary>
    /// <param name="path">The path as the manifest has it.</param>
    public string Absolute(string path) => location.Absolute(path);

    /// <summary>The database counts code points; a surrogate pair is one of them and two of ours.</summary>
    private static int Utf16Offset(string text, int codePoints)
    {
        var offset = 0;
        for (var i = 0; i < codePoints && offset < text.Length; i++)
            offset += char.IsSurrogatePair(text, offset) ? 2 : 1;
        return offset;
    }
}
