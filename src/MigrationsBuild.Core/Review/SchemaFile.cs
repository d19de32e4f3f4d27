using System.Text;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Review;

/// <summary>
/// The file <c>&lt;Context&gt;.schema.sql</c> beside the approvals file: the objects that all approved migrations produce, as SQL. Its
/// header shows whether it fits the migrations, so a check needs no database.
/// </summary>
/// <param name="Migrations">The hash of the approved migrations.</param>
/// <param name="Body">The SQL that creates the objects in an empty database.</param>
public sealed record SchemaFile(string Migrations, string Body)
{
    private const string FirstLine = "-- MigrationsBuild schema 1";
    private const string MigrationsField = "-- migrations: ";
    private const string BodyField = "-- body: ";

    /// <summary>The path of the file of a context.</summary>
    /// <param name="approvalsPath">The path of its approvals file.</param>
    public static string PathBeside(string approvalsPath) => Path.ChangeExtension(approvalsPath, null) + ".schema.sql";

    /// <summary>The file for these migrations.</summary>
    /// <param name="approvals">The approvals file.</param>
    /// <param name="body">The SQL.</param>
    public static SchemaFile For(ApprovalsFile approvals, string body) => new(HashOf(approvals), body);

    /// <summary>The content of the file.</summary>
    public string ToText() =>
        $"{FirstLine}\n{MigrationsField}{Migrations}\n{BodyField}{ContentHash.OfText(SourceText.Normalize(Body))}\n\n{Body}";

    /// <summary>The difference between the file and the approved migrations; <see langword="null"/> if it fits them.</summary>
    /// <param name="report">The context.</param>
    /// <param name="approvals">Its approvals file.</param>
    public static Diagnostic? Check(ContextReport report, ApprovalsFile approvals)
    {
        var path = PathBeside(report.ApprovalsPath);
        if (approvals.Approvals.Count == 0)
            return null;
        var name = Path.GetFileName(path);
        if (!File.Exists(path))
            return Wrong($"{name} is missing", new Location(report.ApprovalsPath, 1, 1));
        string[] lines;
        try
        {
            lines = SourceText.Read(path).Split(['\n'], 5);
        }
        catch (DecoderFallbackException)
        {
            return Wrong($"{name} isn't UTF-8 text", new Location(path, 1, 1));
        }

        if (lines.Length < 5 || lines[0] != FirstLine || lines[1] != MigrationsField + HashOf(approvals))
            return Wrong($"{name} was written for other migrations than those that are approved", new Location(path, 1, 1));
        return lines[2] == BodyField + ContentHash.OfText(lines[4])
            ? null
            : Wrong($"{name} was edited", new Location(path, 1, 1));
    }

    private static Diagnostic Wrong(string text, Location location) =>
        new(DiagnosticCodes.SchemaFile, text + ".", new Hint("To write it again, run", VerbTable.Approve), location);

    private static string HashOf(ApprovalsFile approvals) =>
        ContentHash.OfText(string.Join("\n", approvals.Approvals.Select(approval => $"{approval.Id} {approval.UpHash}")));
}
