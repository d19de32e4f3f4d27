using System.Text;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>The SQL files of a manifest. Each is compared with its hash before any of it is executed.</summary>
/// <param name="manifest">The manifest.</param>
/// <param name="paths">Resolves the paths of the files.</param>
internal sealed class SqlFiles(Manifest manifest, ManifestPaths paths)
{
    private readonly Dictionary<string, (SqlFile File, string Text)> _files = [];
    private readonly Dictionary<string, IReadOnlyList<SqlCommand>> _statements = [];

    private SqlDialect Dialect => SqlDialects.OfProvider(manifest.Provider);

    /// <summary>Reads every file that could be executed.</summary>
    /// <exception cref="MigrationsException">A file is missing, or doesn't have the hash in the manifest.</exception>
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
    /// <exception cref="MigrationsException">One of them, written by hand, is not supported by the runner.</exception>
    public IReadOnlyList<SqlCommand> Statements(string path)
    {
        var commands = Parsed(path);
        return commands.FirstOrDefault(command => command.Statement is { Flaw: not null })?.Statement is { } flawed
            ? throw new MigrationsException(
                DiagnosticCodes.NotEmittable,
                $"This statement can't be run: {flawed.Flaw}. Nothing is done. Correct the SQL, approve it, and build or publish again.",
                LocationOf(path, flawed, position: 0))
            : commands;
    }

    /// <summary>The statements of an up or down file, including those that the runner doesn't support.</summary>
    public IReadOnlyList<SqlCommand> Parsed(string path)
    {
        if (!_statements.TryGetValue(path, out var commands))
            _statements[path] = commands = Parse(_files[path].File.Body);
        return commands;
    }

    /// <summary>The statements of all up files, oldest first.</summary>
    public IEnumerable<SqlStatement> UpStatements => manifest.Migrations.Select(migration => migration.UpPath).OfType<string>()
        .SelectMany(Parsed).Select(command => command.Statement).OfType<SqlStatement>();

    /// <summary>The statements of SQL that isn't in a file.</summary>
    public IReadOnlyList<SqlCommand> Parse(string body)
    {
        var statements = manifest.History.Form is { } form
            ? SqlBatches.Cut(body, form.BatchTerminator)
            : SqlScript.Parse(body, Dialect);
        return [.. statements.Select(statement => new SqlCommand(statement.Text, statement))];
    }

    /// <summary>The SQL of a file, without its header.</summary>
    public string Body(string path) => _files[path].File.Body;

    /// <summary>The location of a statement.</summary>
    /// <param name="path">The file's path as the manifest has it.</param>
    /// <param name="statement">A statement of the file.</param>
    /// <param name="position">The position in the statement, in code points from 1; 0 for its beginning.</param>
    public Location LocationOf(string path, SqlStatement statement, int position)
    {
        var (file, text) = _files[path];
        var offset = file.BodyOffset + statement.Offset + Utf16Offset(statement.Text, Math.Max(0, position - 1));
        return Location.At(Absolute(path), text, offset);
    }

    private void Read(string path, string hash)
    {
        paths.RefuseForeign(path);
        var file = TryRead(Absolute(path), out var text);
        if (file is not { Flaw: null } || !file.Holds(hash))
        {
            throw new MigrationsException(
                DiagnosticCodes.Tampered,
                (file is null ? "The file is missing or unreadable" : "The file's SQL isn't the one that the build verified")
                + ", so nothing is applied. Build again, or publish again.",
                new Location(Absolute(path), 1, 1));
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
    public string Absolute(string path) => paths.Absolute(path);

    /// <summary>The database counts code points. A surrogate pair is one code point and two UTF-16 code units.</summary>
    private static int Utf16Offset(string text, int codePoints)
    {
        var offset = 0;
        for (var i = 0; i < codePoints && offset < text.Length; i++)
            offset += char.IsSurrogatePair(text, offset) ? 2 : 1;
        return offset;
    }
}
