using System.Text;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>The SQL that a request gives to a draft: statements, or a file that was executed by hand.</summary>
/// <param name="Up">The commands of Up.</param>
/// <param name="Down">The commands of Down.</param>
/// <param name="Remarks">The lines of a comment above Up.</param>
internal sealed record GivenSql(IReadOnlyList<SqlCommandText> Up, IReadOnlyList<SqlCommandText> Down, IReadOnlyList<string> Remarks)
{
    /// <summary>The SQL of a request; <see langword="null"/> if it has none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="dialect">The dialect of the database.</param>
    /// <exception cref="MigrationsException">A file doesn't exist, or contains what a migration can't contain.</exception>
    public static GivenSql? Of(WorkerRequest request, SqlDialect dialect)
    {
        if (request.RevisionUp.Count > 0)
            return new(Inside(request.RevisionUp), Inside(request.RevisionDown), request.RevisionRemarks);
        if (request.RevisionSqlPath.Length == 0)
            return null;
        var down = Path.ChangeExtension(request.RevisionSqlPath, ".down.sql");
        return new(Read(request.RevisionSqlPath, dialect), File.Exists(down) ? Read(down, dialect) : [], []);
    }

    private static IReadOnlyList<SqlCommandText> Inside(IReadOnlyList<string> statements) =>
        [.. statements.Select(text => new SqlCommandText(text, OutsideTransaction: false))];

    private static IReadOnlyList<SqlCommandText> Read(string path, SqlDialect dialect)
    {
        if (dialect == SqlDialect.Other)
            throw Refused("SQL files are drafted as migrations of PostgreSQL and SQLite only.", new Location(path));
        var text = ReadText(path);
        var statements = SqlScript.Parse(text, dialect);
        if (statements.Count == 0)
            throw Refused("The file has no statement.", new Location(path));
        if (statements.FirstOrDefault(statement => statement.Flaw is not null) is { } refused)
        {
            throw Refused(
                $"The statement can't be a part of a migration: {refused.Flaw}. Remove it from the file.",
                Location.At(path, text, refused.Offset));
        }

        return SqlBody.Read(TransactionNeeds.Mark(text, dialect), dialect);
    }

    private static string ReadText(string path)
    {
        try
        {
            return SourceText.Read(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw Refused($"The file can't be read as UTF-8: {failure.Message.TrimEnd('.')}.", new Location(path));
        }
    }

    private static MigrationsException Refused(string why, Location location) =>
        new(DiagnosticCodes.NotEjected, why, Hint.Run(VerbTable.Revision).With("DbSqlFile", location.File), location);
}
