using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Text;
using static MigrationsBuild.Tasks.Reports.MarkdownText;

namespace MigrationsBuild.Tasks.Reports;

/// <summary>The changes that a build would make to databases, as Markdown for a comment on a pull request.</summary>
/// <param name="project">The project's name.</param>
/// <param name="since">The revision that the project is compared with; empty for none.</param>
/// <param name="paths">Shows paths.</param>
internal sealed class MarkdownReport(string project, string since, SourcePaths paths)
{
    /// <summary>The maximum length. A comment on GitHub can have 65,536 characters; the rest is for the program that posts it.</summary>
    public const int Limit = 65_000;

    private readonly ReportText _text = new(Limit);

    /// <summary>Renders the report.</summary>
    /// <param name="contexts">The contexts.</param>
    /// <param name="problems">Why there is no verdict on some contexts, or on any.</param>
    /// <param name="findings">The findings that are about no single context.</param>
    public string Render(
        IReadOnlyList<ContextChanges> contexts,
        IReadOnlyList<Diagnostic> problems,
        IReadOnlyList<Diagnostic>? findings = null)
    {
        // A program can find its earlier comment by this line, and update it.
        _text.Line($"<!-- MigrationsBuild: {Escape(project)} -->").Line($"## Migrations of {Escape(project)}").Line();
        if (since.Length > 0)
            _text.Line($"Compared with {Code(since)}.").Line();
        if (problems.Count > 0)
        {
            _text.Line("### No verdict").Line();
            Table("why", problems);
        }
        else if (contexts.Count == 0)
        {
            _text.Line("There is no DbContext with a relational provider, so there is nothing to check.").Line();
        }

        Table("finding", findings ?? []);
        foreach (var context in contexts)
            Add(context);
        return _text.ToString();
    }

    private void Add(ContextChanges context)
    {
        _text.Line($"### {Escape(context.Name)}: {Headline(context)}").Line();
        Table("model change without migration", context.Drift);
        foreach (var migration in context.Listed)
            Add(context, migration);
        var others = context.Review.Migrations.Count - context.Listed.Count;
        if (!context.IsAdopted && others > 0)
            _text.Line($"{Count(others, "migration")}; there is no approvals file yet, so only the model is checked.").Line();
        else if (others > 0)
            _text.Line(Unchanged(context, others)).Line();
        if (context.Dropped.Count > 0)
            _text.Line($"Removed: {string.Join(", ", context.Dropped.Select(Code))}.").Line();
        Table("finding", context.Findings);
    }

    private static string Unchanged(ContextChanges context, int count) =>
        $"{Count(count, context.Listed.Count > 0 ? "other migration" : "migration")}, "
        + $"approved{(context.IsCompared ? " as before" : "")}.";

    private static string Headline(ContextChanges context)
    {
        var (listed, found) = (context.Listed, new List<string>());
        void Say(int count, string one, string several)
        {
            if (count > 0)
                found.Add(count == 1 ? "1 " + one : $"{count} {several}");
        }

        Say(context.Drift.Count, "model change without migration", "model changes without migration");
        Say(context.New.Count, "new migration", "new migrations");
        Say(listed.Count(migration => migration.State == MigrationState.Draft), "not approved", "not approved");
        Say(listed.Count(context.IsReapproved), "with different SQL than before", "with different SQL than before");
        Say(listed.Count(migration => migration.Report.Emission?.DataLosses.Count > 0), "that loses data", "that lose data");
        Say(listed.Sum(migration => Dangers(migration).Count()), "danger for a running database", "dangers for a running database");
        Say(listed.Count(migration => Irreversible(migration) is not null), "that can't be reverted", "that can't be reverted");
        Say(context.Dropped.Count, "removed", "removed");
        Say(context.Findings.Count(IsCounted), "finding", "findings");
        return found.Count == 0 ? "no changes" : string.Join(", ", found);
    }

    private static bool IsCounted(Diagnostic finding) =>
        finding.Code.SeverityRule is not (SeverityRule.Message or SeverityRule.Notice or SeverityRule.Adoption);

    private static IEnumerable<Diagnostic> Dangers(ReviewedMigration migration) =>
        migration.Lint.Where(finding => finding.Severity >= Severity.Warning);

    private void Add(ContextChanges context, ReviewedMigration migration)
    {
        _text.Line($"**{Code(migration.Id)}** ({State(context, migration)})").Line();
        if (context.Review.Approvals?.FindSquash(migration.Id) is { } squash)
            _text.Line($"- **Replaces** {string.Join(", ", squash.Replaced.Select(Code))}");
        var emission = migration.Report.Emission;
        foreach (var operation in emission?.Operations ?? [])
            _text.Line($"- {Escape(operation)}");
        foreach (var loss in emission?.DataLosses ?? [])
            _text.Line($"- **Loses data:** {Escape(loss)}");
        foreach (var rename in emission?.Renames ?? [])
            _text.Line($"- **Renames, and keeps the data:** {Escape(rename)}. Was it meant as a drop and an add?");
        foreach (var finding in Dangers(migration))
            _text.Line($"- **{finding.Code}:** {Escape(finding.Message)}");
        foreach (var acceptance in migration.Approval?.Accepted ?? [])
            _text.Line($"- **Accepted:** {Escape(acceptance.ToString())}");
        if (migration.Verification is { } verification)
            _text.Line(verification.IsSuccess ? "- Verified on a scratch database" : $"- **Verification failed:** {verification.Failure}");
        if (Irreversible(migration) is { } reason)
            _text.Line($"- **Can't be reverted**{(reason.Length > 0 ? ": " + Escape(reason) : "")}");
        _text.Line();
        var path = paths.Show(migration.Report.Up);
        if ((migration.Up?.Body ?? emission?.Up) is { } sql)
            _text.Folded($"SQL: {Code(path)}", InvisibleText.Escape(sql), path);
        else
            _text.Line($"**No SQL**{(emission?.Reason is { } why ? ": " + Escape(why) : "")}").Line();
    }

    private string State(ContextChanges context, ReviewedMigration migration)
    {
        var state = migration.State switch
        {
            MigrationState.Draft => "not approved",
            MigrationState.Edited => "differs from the approved SQL",
            MigrationState.Reordered => "approved in a different order",
            _ => "approved",
        };
        if (context.IsReapproved(migration))
            return $"{state}; {Code(since)} has different SQL";
        return context.IsNew(migration) ? "new, " + state : state;
    }

    /// <summary>
    /// Why a migration can't be reverted; empty if the reason is unknown; <see langword="null"/> if it can be reverted.
    /// </summary>
    private static string? Irreversible(ReviewedMigration migration) => migration switch
    {
        { Down: not null } => null,
        { Up: { } up } => up.Irreversible ?? "",
        { Report.Emission: { Up: not null, Down: null } emission } => emission.Reason ?? "",
        _ => null,
    };

    private void Table(string what, IReadOnlyList<Diagnostic> findings)
    {
        if (findings.Count == 0)
            return;
        _text.Line($"| {what} | code | location |").Line("|---|---|---|");
        foreach (var finding in findings)
            _text.Line($"| {Escape(finding.Text)} | {finding.Code.Id} | {(finding.Location is { } location ? Code(At(location)) : "")} |");
        _text.Line();
    }

    private string At(Location location) => paths.Show(location.File) + (location.Line > 0 ? $":{location.Line}" : "");

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
