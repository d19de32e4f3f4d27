using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;
using static MigrationsBuild.Tasks.Reports.MarkdownText;

namespace MigrationsBuild.Tasks.Reports;

/// <summary>What a build would change, as a comment on a pull request shows it.</summary>
/// <param name="project">The project's name.</param>
/// <param name="since">The revision that it is compared with; empty for none.</param>
/// <param name="paths">How paths are shown.</param>
internal sealed class MarkdownReport(string project, string since, SourcePaths paths)
{
    /// <summary>GitHub takes comments of 65,536 characters; some are left for who posts it.</summary>
    public const int Limit = 65_000;

    private readonly ReportText _text = new(Limit);

    /// <summary>Renders the report.</summary>
    /// <param name="contexts">The contexts.</param>
    /// <param name="problems">Why there is no verdict, or none on some of them.</param>
    /// <param name="findings">What concerns no context.</param>
    public string Render(
        IReadOnlyList<ContextChanges> contexts, IReadOnlyList<Diagnostic> problems, IReadOnlyList<Diagnostic>? findings = null)
    {
        // By this line a program finds the comment again that it posted before.
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
            _text.Line($"{Count(others, context.Listed.Count > 0 ? "other migration" : "migration")}, approved{(context.IsCompared ? " as before" : "")}.").Line();
        if (context.Dropped.Count > 0)
            _text.Line($"No longer there: {string.Join(", ", context.Dropped.Select(Code))}.").Line();
        Table("finding", context.Findings);
    }

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
        Say(listed.Count(migration => context.IsApprovedAnew(migration)), "with other SQL than before", "with other SQL than before");
        Say(listed.Count(migration => migration.Report.Emission?.DataLosses.Count > 0), "that loses data", "that lose data");
        Say(listed.Count(migration => Irreversible(migration) is not null), "that can't be reverted", "that can't be reverted");
        Say(context.Dropped.Count, "no longer there", "no longer there");
        Say(context.Findings.Count(finding => finding.Code.Gate is not (Gate.Message or Gate.Notice or Gate.Adoption)), "finding", "findings");
        return found.Count == 0 ? "nothing changes" : string.Join(", ", found);
    }

    private void Add(ContextChanges context, ReviewedMigration migration)
    {
        _text.Line($"**{Code(migration.Id)}** ({State(context, migration)})").Line();
        var emission = migration.Report.Emission;
        foreach (var operation in emission?.Operations ?? [])
            _text.Line($"- {Escape(operation)}");
        foreach (var loss in emission?.DataLosses ?? [])
            _text.Line($"- **Loses data:** {Escape(loss)}");
        foreach (var rename in emission?.Renames ?? [])
            _text.Line($"- **Renames, and keeps the data:** {Escape(rename)}. Was it meant as a drop and an add?");
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
            MigrationState.Edited => "not what was approved",
            MigrationState.Reordered => "approved, in another order",
            _ => "approved",
        };
        return context.IsApprovedAnew(migration) ? $"{state}; {Code(since)} has other SQL" : context.IsNew(migration) ? "new, " + state : state;
    }

    /// <summary>Why it can't be reverted, which may be unknown: empty then; <see langword="null"/> if it can be.</summary>
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
        _text.Line($"| {what} | code | place |").Line("|---|---|---|");
        foreach (var finding in findings)
            _text.Line($"| {Escape(finding.Text)} | {finding.Code.Id} | {(finding.Place is { } place ? Code(At(place)) : "")} |");
        _text.Line();
    }

    private string At(Place place) => paths.Show(place.File) + (place.Line > 0 ? $":{place.Line}" : "");

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
