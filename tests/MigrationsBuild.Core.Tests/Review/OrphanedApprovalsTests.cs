using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;

namespace MigrationsBuild.Core.Tests.Review;

/// <summary>An approvals file that no context reads: a context that was renamed, moved, deleted, or that can't be checked here.</summary>
[TestClass]
public sealed class OrphanedApprovalsTests : IDisposable
{
    private readonly ReviewedProject _project = new ReviewedProject("1_A", "2_B").WriteSql().Approve("1_A", "2_B");

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void A_contexts_own_file_is_none() => Assert.AreEqual("", Found(Answer(_project.Report)));

    [TestMethod]
    public void A_renamed_context_is_named_with_the_command_that_renames()
    {
        var review = Review(Answer(Renamed("App.Store")));

        Assert.AreEqual("MIG1016 Shop.approvals", Found(review));
        Assert.AreEqual("App.Store", review.Orphaned.Single().Successor?.Name);
        var finding = review.Orphaned.Single().ToDiagnostic();
        Assert.AreEqual(new Location(_project["Shop.approvals"], 2, 1), finding.Location);
        Assert.AreEqual(
            "Shop.approvals approves 2 migrations of App.Shop. That context isn't in this build, but App.Store has its migrations. "
            + "If App.Shop was renamed, run: dotnet build -t:DbApprove",
            finding.Text);
    }

    [TestMethod]
    public void Under_its_new_name_the_file_says_what_was_approved()
    {
        _project.Folder.Replace("Migrations/1_A.sql", "CREATE", "DROP");
        var report = Renamed("App.Store");
        var orphaned = Review(Answer(report)).Orphaned.Single();

        var review = ContextReview.Of(report, orphaned);

        Assert.AreEqual("Edited Approved", string.Join(' ', review.Migrations.Select(migration => migration.State)));
        Assert.AreEqual(orphaned.FilePath, review.MovedFrom);
        Assert.AreEqual("context", review.Differences.Single().Field.Name);
    }

    [TestMethod]
    public void A_deleted_context_has_no_successor()
    {
        var review = Review(Answer());

        Assert.AreEqual("MIG1016 Shop.approvals", Found(review));
        Assert.EndsWith("That context isn't in this build. Restore the context, or delete this file and the SQL files in its folder",
            review.Orphaned.Single().ToDiagnostic().Text);
    }

    [TestMethod]
    public void A_context_with_a_file_of_its_own_or_with_other_migrations_is_no_successor()
    {
        var other = Renamed("App.Log") with { Migrations = [_project.Migration("1_A")] };
        Assert.IsNull(Review(Answer(other)).Orphaned.Single().Successor);
        Assert.IsTrue(Review(Answer(other)).Orphaned.Single().Concerns(other));

        _project.Folder.Write("Migrations/Store.approvals", ApprovalsFile.For(Renamed("App.Store"), []).ToText());
        Assert.IsNull(Review(Answer(Renamed("App.Store"))).Orphaned.Single().Successor);
    }

    [TestMethod]
    public void Nor_is_one_of_two_that_could_be_it() =>
        Assert.IsNull(Review(Answer(Renamed("App.Store"), Renamed("App.Depot"))).Orphaned.Single().Successor);

    [TestMethod]
    public void Nor_is_one_for_two_files_that_it_could_have_had()
    {
        var file = _project.Folder.Read("Migrations/Shop.approvals");
        _project.Folder.Write("Migrations/Old.approvals", file.Replace("App.Shop", "App.Old", StringComparison.Ordinal));

        var orphaned = Review(Answer(Renamed("App.Store"))).Orphaned;

        Assert.HasCount(2, orphaned);
        Assert.DoesNotContain(approvals => approvals.Successor is not null, orphaned);
    }

    [TestMethod]
    public void A_context_without_relational_provider_wasnt_checked()
    {
        var review = Review(new WorkerAnswer([], []) { Seen = [new SeenContext("App.Shop", SeenState.NotRelational)] });

        Assert.AreEqual("MIG1016 Shop.approvals", Found(review));
        Assert.Contains("has no relational provider in this build, so it was not checked", review.Orphaned.Single().ToDiagnostic().Text);
    }

    [TestMethod]
    [DataRow(SeenState.NotCreated)]
    [DataRow(SeenState.CheckedElsewhere)]
    public void A_context_that_another_finding_or_build_is_about_is_none(SeenState state) =>
        Assert.AreEqual("", Found(Review(new WorkerAnswer([], []) { Seen = [new SeenContext("App.Shop", state)] })));

    [TestMethod]
    public void If_nobody_could_look_the_problem_says_it()
    {
        var problem = new Diagnostic(DiagnosticCodes.NoVerdict, "The application doesn't start");

        Assert.AreEqual("", Found(Review(new WorkerAnswer([], [problem]))));
        var seen = new WorkerAnswer([], [problem]) { Seen = [new SeenContext("App.Log", SeenState.NotCreated)] };
        Assert.AreEqual("MIG1016 Shop.approvals", Found(Review(seen)));
    }

    [TestMethod]
    public void The_files_of_other_providers_are_none_as_long_as_the_context_has_one()
    {
        var other = _project.Report with { MigrationsAssembly = "Other" };
        _project.Folder.Write("Other/Shop.approvals", ApprovalsFile.For(other, [Approved("9_Z")]).ToText());

        Assert.AreEqual("", Found(Answer(_project.Report)));
    }

    [TestMethod]
    public void A_file_that_was_left_in_another_folder_is_named_with_the_command_that_moves_it()
    {
        Directory.Move(_project[""], _project.Folder["Old"]);

        var orphaned = Review(Answer(_project.Report)).Orphaned.Single();

        Assert.AreEqual("App.Shop", orphaned.Successor?.Name);
        Assert.Contains("That context now has its migrations in ", orphaned.ToDiagnostic().Text);
        Assert.EndsWith("To move this file, run: dotnet build -t:DbApprove", orphaned.ToDiagnostic().Text);
    }

    [TestMethod]
    public void A_context_whose_migrations_are_all_missing_is_held_against_the_file_where_it_is()
    {
        Directory.Move(_project[""], _project.Folder["Data"]);

        Assert.AreEqual("MIG1004 Shop.approvals, MIG1004 Shop.approvals", Found(Answer(_project.Report with { Migrations = [] })));
    }

    [TestMethod]
    public void The_file_of_a_namesake_isnt_that_of_a_context_without_migrations()
    {
        var namesake = Renamed("Other.Shop") with { Migrations = [] };

        Assert.AreEqual("", Found(Answer(_project.Report, namesake)));
        Assert.IsNull(Review(Answer(_project.Report, namesake)).Contexts[1].Approvals);
        Assert.AreEqual("MIG1016 Shop.approvals", Found(Answer(namesake)));
    }

    [TestMethod]
    public void A_broken_file_is_a_problem_and_an_unrelated_one_isnt()
    {
        _project.Folder.Write("Data/Broken.approvals", "<<<<<<< HEAD\n# MigrationsBuild approvals 1\n")
            .Write("Data/Other.approvals", "Yes.\n");

        Assert.AreEqual("MIG1012 Broken.approvals", Found(Answer(_project.Report)));
    }

    private ContextReport Renamed(string name) => _project.Report with { Name = name };

    private static Approval Approved(string id) => new(id, Approval.Base, new string('a', 64), Approval.Irreversible, new string('a', 64));

    private static WorkerAnswer Answer(params ContextReport[] contexts) =>
        new(contexts, []) { Seen = [.. contexts.Select(context => new SeenContext(context.Name, SeenState.Reported))] };

    private ProjectReview Review(WorkerAnswer answer) =>
        ProjectReview.Of(answer, new ReviewScope([new MigrationsProject("App", _project.Folder.Path)]));

    private string Found(WorkerAnswer answer) => Found(Review(answer));

    private static string Found(ProjectReview review) => string.Join(", ", review.Problems
        .Concat(review.Orphaned.Select(file => file.ToDiagnostic())).Concat(review.Contexts.SelectMany(context => context.AllFindings))
        .Select(finding => $"{finding.Code} {Path.GetFileName(finding.Location?.File)}".TrimEnd()));
}
