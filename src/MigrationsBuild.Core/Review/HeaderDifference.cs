using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Review;

/// <summary>A difference between the header of an approvals file and the model.</summary>
/// <param name="Field">The field that differs.</param>
/// <param name="Approved">The value in the file.</param>
/// <param name="Now">The value of the model.</param>
public sealed record HeaderDifference(HeaderField Field, string Approved, string Now)
{
    /// <summary>The differences between an approvals file and its context.</summary>
    /// <param name="approvals">The file.</param>
    /// <param name="report">The context.</param>
    public static IReadOnlyList<HeaderDifference> Of(ApprovalsFile approvals, ContextReport report)
    {
        var now = ApprovalsFile.For(report, []);
        return
        [
            .. HeaderField.All.Select(field => new HeaderDifference(field, field.ValueOf(approvals), field.ValueOf(now)))
                .Where(difference => difference.Approved != difference.Now),
        ];
    }

    /// <summary>The difference as a finding, located at its line.</summary>
    /// <param name="approvals">The file.</param>
    /// <param name="report">The context.</param>
    /// <param name="path">The file's path.</param>
    public Diagnostic ToDiagnostic(ApprovalsFile approvals, ContextReport report, string path) => new(
        DiagnosticCodes.HeaderDiffers,
        $"{report.ShortName} was approved with the {Field.Noun} {Approved}, but now has {Now}. {Field.Why}".TrimEnd(),
        new Location(path, approvals.LineOf(Field.Name), 1))
    {
        Hints = Field.Fix is { } fix ? [fix] : [],
    };
}

/// <summary>A field in the header of an approvals file.</summary>
/// <param name="Name">The name of its line.</param>
/// <param name="Noun">The name of the field in messages.</param>
/// <param name="Why">The consequence of a difference; empty if it is obvious.</param>
/// <param name="Fix">The command that fixes a difference; <see langword="null"/> if there is none.</param>
public sealed record HeaderField(string Name, string Noun, string Why, Hint? Fix)
{
    private static readonly Hint _accept = new("If that is intended, run", VerbTable.Approve);

    /// <summary>The EF Core provider. SQL for one database isn't executed on another one.</summary>
    public static HeaderField Provider { get; } = new(
        "provider", "provider",
        "The approved SQL is for the other database and isn't run on this one. "
        + "Create migrations for the new provider: see the page of MIG1018",
        null);

    /// <summary>All fields, in the order of the file.</summary>
    public static IReadOnlyList<HeaderField> All { get; } =
    [
        new("context", "name", "", _accept),
        new("assembly", "migrations assembly", "", _accept),
        Provider,
        new(
            "history", "history table",
            "With another history table every migration is pending again. "
            + "Rename the table in each database first.",
            new Hint("Then run", VerbTable.Approve)),
    ];

    /// <summary>The value of the field in a file.</summary>
    public string ValueOf(ApprovalsFile approvals) => Name switch
    {
        "context" => approvals.Context,
        "assembly" => approvals.MigrationsAssembly,
        "provider" => approvals.Provider,
        _ => approvals.HistoryTable,
    };
}
