using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;

namespace MigrationsBuild.Core.Tests.Review;

[TestClass]
public sealed class ContextReviewTests : IDisposable
{
    private readonly ReviewedProject _project = new("1_A", "2_B", "3_C");

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void A_project_without_approvals_file_isnt_adopted()
    {
        Assert.AreEqual("NotAdopted NotAdopted NotAdopted", _project.States());
        Assert.AreEqual("MIG1006", _project.Findings());
        Assert.StartsWith("Shop has 3 migrations and no approvals file", _project.Finding().Text);
    }

    [TestMethod]
    public void One_without_migrations_needs_none()
    {
        using var empty = new ReviewedProject();

        Assert.AreEqual("", empty.Findings());
    }

    [TestMethod]
    public void Obstacles_to_an_adoption_are_known_and_not_reported()
    {
        _project.Folder.Write("Migrations/2_B.sql", "SELECT 1;\n");

        Assert.AreEqual("MIG1006", _project.Findings());
        Assert.AreEqual(DiagnosticCodes.UnrelatedSqlFile, _project.Review().Migrations[1].Findings.Single().Code);
    }

    [TestMethod]
    public void A_migration_that_came_between_approved_ones_reorders_the_next()
    {
        _project.WriteSql().Approve("1_A", "3_C");

        Assert.AreEqual("Approved Draft Reordered", _project.States());
        Assert.AreEqual("MIG1002 2_B.sql, MIG1005 3_C.sql", _project.Findings());
        Assert.Contains("3_C was approved directly after 1_A, but now follows 2_B.", _project.Review().AllFindings.Last().Text);
    }

    [TestMethod]
    public void A_verification_is_valid_only_at_its_position()
    {
        _project.WriteSql().Approve("1_A", "2_B", "3_C");
        var outcomes = _project.Review().Verifiable.ToList();
        Assert.IsEmpty(_project.Review().WithVerifications(outcomes, areRequired: true).AllFindings);
        _project.Report = _project.Report with { Migrations = [_project.Report.Migrations[0], _project.Report.Migrations[2]] };

        var review = _project.Review().WithVerifications(outcomes, areRequired: false);

        Assert.AreEqual(outcomes[0], review.Migrations[0].Verification);
        Assert.IsNull(review.Migrations[1].Verification);
    }

    [TestMethod]
    public void A_mark_stays_valid_if_the_migration_before_was_squashed()
    {
        _project.Report = _project.Report with { Migrations = [.. _project.Report.Migrations.Skip(1)] };
        _project.WriteSql().Approve("2_B", "3_C");
        var approvals = ApprovalsFile.Read(_project["Shop.approvals"]);
        _project.Folder.Write("Migrations/Shop.approvals", (approvals with
        {
            Approvals = [.. approvals.Approvals.Select(one => one with
            {
                IsVerified = true,
                Previous = one.Id == "3_C" ? "1_A" : one.Previous,
            })],
            Squashes = [new Squash("2_B", ["1_A"])],
        }).ToText());

        var review = _project.Review().WithVerifications([], areRequired: true);

        Assert.IsEmpty(review.AllFindings);
        Assert.IsTrue(review.Migrations.All(migration => migration.Verification is { IsSuccess: true }));
    }

    [TestMethod]
    public void A_missing_migration_is_reported_at_its_line_and_reorders_the_next()
    {
        _project.WriteSql().Approve("1_A", "2_B", "3_C");
        _project.Report = _project.Report with { Migrations = [_project.Report.Migrations[0], _project.Report.Migrations[2]] };

        Assert.AreEqual("Approved Reordered", _project.States());
        Assert.AreEqual("MIG1005 3_C.sql, MIG1004 Shop.approvals", _project.Findings());
        var gone = _project.Review().Findings.Single();
        Assert.AreEqual(new Location(_project["Shop.approvals"], 8, 1), gone.Location);
        Assert.StartsWith("2_B is approved, but App contains no such migration.", gone.Message);
    }

    [TestMethod]
    public void SQL_of_a_draft_that_is_gone_is_orphaned()
    {
        _project.WriteSql().Approve("1_A", "2_B");
        _project.Report = _project.Report with { Migrations = [.. _project.Report.Migrations.Take(2)] };

        Assert.AreEqual(
            "MIG1015 3_C.down.sql, MIG1015 3_C.sql", string.Join(", ", _project.Findings().Split(", ").Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    public void Unrelated_SQL_is_no_orphan()
    {
        _project.WriteSql().Approve("1_A", "2_B");
        var text = _project.Folder.Read("Migrations/3_C.sql");
        _project.Report = _project.Report with { Migrations = [.. _project.Report.Migrations.Take(2)] };
        _project.Folder
            .Write("Migrations/3_C.sql", text + "-- edited\n")
            .Write("Migrations/3_C.down.sql", text.Replace("App.Shop", "App.Log", StringComparison.Ordinal))
            .Write("Migrations/renamed.sql", text)
            .Write("Migrations/notes.sql", "SELECT 1;\n");
        File.WriteAllBytes(_project["binary.sql"], [0xFF, 0x00]);

        Assert.AreEqual("", _project.Findings());
    }

    [TestMethod]
    public void Drift_comes_first_and_adoption_doesnt_matter_to_it()
    {
        _project.Report = _project.Report with { Drift = [new Diagnostic(DiagnosticCodes.Drift, "drift")] };

        Assert.AreEqual("MIG1001, MIG1006", _project.Findings());
    }

    [TestMethod]
    public void A_broken_approvals_file_stops_the_review()
    {
        _project.Folder.Write("Migrations/Shop.approvals", "garbage");

        Assert.AreEqual(DiagnosticCodes.BrokenApprovals, Assert.ThrowsExactly<MigrationsException>(_project.Review).Diagnostic.Code);
        Assert.IsEmpty(ContextReview.NeedEmission(_project.Report), "The worker leaves it to the review.");
    }

    [TestMethod]
    public void A_manifest_says_what_may_run()
    {
        _project.Change(
            "2_B", migration => migration with { Emission = migration.Emission! with { Down = null, Reason = "Down() throws" } });
        _project.WriteSql().Approve("1_A", "2_B");
        File.Delete(_project["3_C.sql"]);

        var manifest = Manifest.Of(_project.Review(), ["1_Other"]);

        var (first, second, third) = (manifest.Migrations[0], manifest.Migrations[1], manifest.Migrations[2]);
        Assert.AreEqual(
            (MigrationState.Approved, _project["1_A.sql"], _project["1_A.down.sql"], null),
            (first.State, first.UpPath, first.DownPath, first.Reason));
        Assert.AreEqual(
            (MigrationState.Approved, _project["2_B.sql"], null, "Down() throws"),
            (second.State, second.UpPath, second.DownPath, second.Reason));
        Assert.AreEqual((MigrationState.Draft, null, ""), (third.State, third.UpPath, third.UpHash));
        Assert.AreEqual("1_Other", manifest.OtherMigrations.Single());
    }
}
