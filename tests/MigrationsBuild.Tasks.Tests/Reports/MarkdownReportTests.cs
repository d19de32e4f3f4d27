using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Lint;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;
using MigrationsBuild.Tasks.Reports;

namespace MigrationsBuild.Tasks.Tests.Reports;

[TestClass]
public class MarkdownReportTests
{
    private const string Root = "/src";
    private static readonly ContextReport _shop = new(
        "App.ShopContext",
        "Provider",
        "App",
        "10.0.0",
        "EF Core 10",
        Root + "/App/Migrations",
        new HistoryTable(null, "History", "Id", "Version", ""),
        [],
        [],
        "");

    [TestMethod]
    public void A_draft_is_shown_with_its_operations_and_its_SQL()
    {
        var draft = Migration(
            "2_Add",
            MigrationState.Draft,
            new Emission("ALTER TABLE a;\n", null, "Down() throws", ["adds column \"a\".\"b\""], ["table \"c\""], ["d to e"]));

        Assert.AreEqual(
            """
            <!-- MigrationsBuild: App.csproj -->
            ## Migrations of App.csproj

            ### ShopContext: 1 new migration, 1 not approved, 1 that loses data, 1 that can't be reverted

            **<code>2&#95;Add</code>** (new, not approved)

            - adds column &#34;a&#34;.&#34;b&#34;
            - **Loses data:** table &#34;c&#34;
            - **Renames, and keeps the data:** d to e. Was it meant as a drop and an add?
            - **Can't be reverted**: Down() throws

            <details><summary>SQL: <code>App/Migrations/2&#95;Add.sql</code></summary>

            ```sql
            ALTER TABLE a;
            ```

            </details>

            1 other migration, approved.


            """.ReplaceLineEndings("\n"),
            Render([new(Review([Migration("1_A", MigrationState.Approved), draft]))]));
    }

    [TestMethod]
    public void Findings_of_the_lint_are_shown_until_they_are_accepted_and_then_with_the_reason()
    {
        Diagnostic Lint(Severity severity) => new(DiagnosticCodes.ColumnDropped, "Column \"a\" is dropped.") { Severity = severity };
        var draft = Migration("2_Drop", MigrationState.Draft) with { Findings = [Lint(Severity.Error), Lint(Severity.Message)] };
        var approval = Approval("2_Drop") with { Accepted = [new Acceptance("MIG2102", "nobody reads it")] };
        var approved = Migration("2_Drop", MigrationState.Approved) with { Approval = approval };

        var before = Render([new(Review([draft]))]);
        var after = Render([new(Review([approved]), IsCompared: true, Approvals([]))], since: "main");

        Assert.Contains("1 danger for a running database", before);
        Assert.Contains("- **MIG2102:** Column &#34;a&#34; is dropped.\n", before);
        Assert.DoesNotContain("| finding |", before);
        Assert.Contains("- **Accepted:** MIG2102 &#34;nobody reads it&#34;\n", after);
    }

    [TestMethod]
    public void A_squashed_migration_names_those_that_it_replaces()
    {
        var now = new[] { Migration("2_S", MigrationState.Approved), Migration("3_C", MigrationState.Approved) };
        var approvals = Approvals(now) with { Squashes = [new Squash("2_S", ["1_A", "2_B"])] };
        var before = Approvals(now) with { Approvals = [Approval("1_A"), Approval("2_B"), Approval("3_C")] };

        var text = Render([new(Review(now) with { Approvals = approvals }, IsCompared: true, before)], since: "origin/main");

        Assert.Contains("### ShopContext: 1 new migration\n", text);
        Assert.Contains("- **Replaces** <code>1&#95;A</code>, <code>2&#95;B</code>\n", text);
        Assert.DoesNotContain("Removed:", text);
    }

    [TestMethod]
    public void Migrations_of_the_revision_are_only_counted_unless_their_SQL_differs()
    {
        var now = new[] { "1_A", "2_B", "3_C" }.Select(id => Migration(id, MigrationState.Approved)).ToArray();
        var before = Approvals(now) with { Approvals = [Approval("1_A"), Approval("2_B") with { UpHash = "other" }, Approval("0_Z")] };

        var text = Render([new(Review(now), IsCompared: true, before)], since: "origin/main");

        Assert.Contains("Compared with <code>origin/main</code>.", text);
        Assert.Contains("### ShopContext: 1 new migration, 1 with different SQL than before, 1 removed\n", text);
        Assert.Contains("**<code>2&#95;B</code>** (approved; <code>origin/main</code> has different SQL)", text);
        Assert.Contains("**<code>3&#95;C</code>** (new, approved)", text);
        Assert.Contains("1 other migration, approved as before.", text);
        Assert.Contains("Removed: <code>0&#95;Z</code>.", text);
        Assert.DoesNotContain("1&#95;A", text);
    }

    [TestMethod]
    public void If_the_revision_has_no_approvals_file_everything_is_new()
    {
        var review = Review([Migration("1_A", MigrationState.Approved), Migration("2_B", MigrationState.Approved)]);

        Assert.Contains("### ShopContext: 2 new migrations\n", Render([new(review, IsCompared: true)], since: "v1"));
    }

    [TestMethod]
    public void Nothing_to_do_is_said_in_one_line_a_context()
    {
        var text = Render(
        [
            new(Review([Migration("1_A", MigrationState.Approved)])),
            new(Review([], adopted: false)),
            new(Review([Migration("1_A", MigrationState.NotAdopted)], adopted: false)),
        ]);

        Assert.Contains("### ShopContext: no changes\n\n1 migration, approved.\n", text);
        Assert.Contains("1 migration; there is no approvals file yet, so only the model is checked.", text);
        Assert.Contains("There is no DbContext", Render([]));
    }

    [TestMethod]
    public void Drift_and_findings_are_tables_that_no_name_breaks()
    {
        var drift = new Diagnostic(
            DiagnosticCodes.Drift,
            "User.A|B `x` <b> has\nno *migration* [y](z) @team &amp;",
            new Location(Root + "/App/Models/User.cs", 12, 3));
        var edited = Migration("1_A", MigrationState.Edited) with
        {
            Findings = [new(DiagnosticCodes.Edited, "edited", new Location("/elsewhere/1_A.sql"))],
        };
        var gone = new Diagnostic(DiagnosticCodes.MissingMigration, "gone");

        var text = Render([new(Review([edited]) with { Report = _shop with { Drift = [drift] }, Findings = [gone] })]);

        Assert.Contains(
            "\n| User.A&#124;B &#96;x&#96; &#60;b&#62; has no &#42;migration&#42; &#91;y&#93;(z) @&#8203;team &#38;amp; "
            + "| MIG1001 | <code>App/Models/User.cs:12</code> |\n",
            text);
        Assert.Contains("| edited | MIG1003 | <code>/elsewhere/1&#95;A.sql</code> |\n| gone | MIG1004 |  |\n", text);
        Assert.Contains("### ShopContext: 1 model change without migration, 2 findings\n", text);
        Assert.Contains("(differs from the approved SQL)", text);
    }

    [TestMethod]
    public void A_fence_is_longer_than_any_in_the_SQL()
    {
        var text = Render(
            [new(Review([Migration("1_A", MigrationState.Draft, new Emission("SELECT '````';\n</details>\n", "x", null, [], [], []))]))]);

        Assert.Contains("\n`````sql\nSELECT '````';\n</details>\n`````\n", text);
    }

    [TestMethod]
    public void Without_a_verdict_it_has_the_reason() => Assert.Contains(
        "### No verdict\n\n| why | code | location |\n|---|---|---|\n| The vault | MIG1009 |  |\n",
        Render([], problems: [new(DiagnosticCodes.NoVerdict, "The vault")]));

    [TestMethod]
    public void A_comment_is_never_too_long_and_short_SQL_is_complete()
    {
        var line = "INSERT INTO a VALUES ('" + new string('y', 60) + "');\n";
        var large = Migration(
            "2_Large",
            MigrationState.Draft,
            new Emission(string.Concat(Enumerable.Repeat(line, 5_000)), "x", null, [], [], []));
        var small = Migration("3_Small", MigrationState.Draft, new Emission("SELECT 'small';\n", "x", null, [], [], []));

        var text = Render([new(Review([large, small]))]);

        Assert.IsLessThanOrEqualTo(MarkdownReport.Limit, text.Length);
        Assert.IsGreaterThan(MarkdownReport.Limit - 200, text.Length);
        Assert.Contains("\n-- 4", text);
        Assert.Contains(" more lines: see App/Migrations/2_Large.sql\n```\n\n</details>", text);
        Assert.Contains("```sql\nSELECT 'small';\n```", text);
    }

    [TestMethod]
    public void If_even_the_names_are_too_many_the_SQL_is_omitted_and_then_the_end()
    {
        var drift = Enumerable.Range(0, 2_000)
            .Select(i => new Diagnostic(DiagnosticCodes.Drift, $"User.Property{i} has no migration: adds a column"))
            .ToList();
        var text = Render([new(Review([Migration("1_A", MigrationState.Draft)]) with { Report = _shop with { Drift = drift } })]);

        Assert.IsLessThanOrEqualTo(MarkdownReport.Limit, text.Length);
        Assert.EndsWith("|\n\nThe rest is omitted, because a comment has a maximum length. See the build's log.\n", text);
        Assert.DoesNotContain("<details>", text);
    }

    private static string Render(ContextChanges[] contexts, string since = "", Diagnostic[]? problems = null) =>
        new MarkdownReport("App.csproj", since, new SourcePaths(Root)).Render(contexts, problems ?? []);

    private static ReviewedMigration Migration(string id, MigrationState state, Emission? emission = null)
    {
        var report = new MigrationReport(
            id,
            $"{Root}/App/Migrations/{id}.cs",
            "source",
            emission ?? new Emission("SELECT 1;\n", "SELECT 2;\n", null, [], [], []));
        SqlFile? File(string? body) => body is null || state == MigrationState.Draft
            ? null
            : SqlFile.Generated(id, "up", "App.ShopContext", "EF Core 10", "source", null, body);
        return new ReviewedMigration(report, state, File(report.Emission!.Up), File(report.Emission.Down), []);
    }

    private static ContextReview Review(ReviewedMigration[] migrations, bool adopted = true) =>
        new(_shop, adopted ? Approvals(migrations) : null, migrations, []);

    private static ApprovalsFile Approvals(IEnumerable<ReviewedMigration> migrations) =>
        new(
            "App.ShopContext",
            "App",
            "Provider",
            "History",
            [.. migrations.Where(migration => migration.State != MigrationState.Draft).Select(migration => Approval(migration.Id))]);

    private static Approval Approval(string id) => new(id, MigrationsBuild.Review.Approval.Base, "up", "down", "source");
}
