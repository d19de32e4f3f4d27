namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>The content of drafts, and drafts that the worker refuses.</summary>
[TestClass]
public class DraftContentTests
{
    [TestMethod]
    public void A_draft_is_CSharp_and_SQL_and_names_the_data_that_it_loses()
    {
        var draft = Fixture.Models.Draft("ChangedUsersContext", "ChangeUsers").Answer;

        var (id, emission) = (draft.Target!.Id, draft.Target.Emission!);
        Assert.EndsWith("_ChangeUsers", id);
        CollectionAssert.AreEqual(
            new[] { $"Drafts/{id}.Designer.cs", $"Drafts/{id}.cs", "Drafts/ChangedUsers.cs" },
            draft.Changes.Select(change => Path.GetRelativePath(Fixture.Models.Folder, change.Path)).ToArray());
        Assert.AreEqual(
            "ALTER TABLE \"Users\" DROP COLUMN \"Nickname\";\n\n"
            + "ALTER TABLE \"Users\" ALTER COLUMN \"Name\" TYPE character varying(60);\n\n"
            + "ALTER TABLE \"Users\" ADD \"Score\" integer;\n",
            emission.Up);
        Assert.Contains("ALTER TABLE \"Users\" DROP COLUMN \"Score\";\n", emission.Down!);
        Assert.Contains("adds column \"Users\".\"Score\" integer", emission.Operations);
        CollectionAssert.AreEquivalent(
            new[]
            {
                "column \"Users\".\"Nickname\", with all its values",
                "values of column \"Users\".\"Name\" that don't fit into character varying(60), unless the migration fails on them",
            },
            emission.DataLosses.ToArray());
    }

    [TestMethod]
    public void A_rename_that_EF_Core_assumes_is_reported() => CollectionAssert.AreEqual(
        new[] { "column \"Users\".\"Name\" to \"Nickname\"" },
        Fixture.Models.Draft("RenamedPropertyContext").Answer.Target!.Emission!.Renames.ToArray());

    [TestMethod]
    public void The_name_of_another_migration_is_refused()
    {
        var draft = Fixture.Models.Draft("NewPropertyContext", "initial");

        Assert.AreEqual("MIG4005", draft.Problem.Code.Id);
        Assert.StartsWith("A migration with that name already exists: 20260101000000_Initial.", draft.Problem.Message);
        Assert.IsEmpty(draft.Answer.Changes);
    }

    [TestMethod]
    public void Without_a_snapshot_nothing_is_drafted()
    {
        var draft = Fixture.Models.Draft("WithoutSnapshotContext");

        Assert.AreEqual("MIG1013", draft.Problem.Code.Id);
        Assert.IsEmpty(draft.Answer.Changes);
    }

    [TestMethod]
    public void Without_the_Design_package_drift_is_found_and_a_draft_names_the_package_to_add()
    {
        var models = Fixture.ModelsOnEfCore9;

        var problem = models.Draft("NewPropertyContext").Problem;

        Assert.AreEqual("MIG4003", problem.Code.Id);
        Assert.MatchesRegex(@"Run: dotnet add package Microsoft\.EntityFrameworkCore\.Design --version 9\.0\.\d+$", problem.Message);
        Assert.AreEqual("MIG1001", models.Drift("NewPropertyContext").Single().Code);
    }

    [TestMethod]
    public void The_newest_draft_is_generated_again_with_later_changes()
    {
        var draft = Amend("NewestDraftContext").Answer;

        Assert.AreEqual("20260102000000_AddUserAvatar", draft.Target!.Id);
        Assert.AreEqual(
            "ALTER TABLE \"Users\" ADD \"Avatar\" TEXT NULL;\n\nALTER TABLE \"Users\" ADD \"Nickname\" TEXT NULL;\n",
            draft.Target.Emission!.Up);
        Assert.IsTrue(draft.Changes.All(change => change.Text is not null), "Its files keep their names.");
    }

    [TestMethod]
    public void A_draft_with_a_new_name_keeps_its_timestamp_and_its_old_files_are_deleted()
    {
        var draft = Amend("NewestDraftContext", "GiveUsersAFace").Answer;

        Assert.AreEqual("20260102000000_GiveUsersAFace", draft.Target!.Id);
        Assert.Contains(
            "20260102000000_AddUserAvatar.sql",
            draft.Changes.Where(change => change.Text is null).Select(change => Path.GetFileName(change.Path)));
    }

    [TestMethod]
    public void The_first_migration_is_generated_again_in_its_own_namespace()
    {
        var draft = Amend("FirstDraftContext").Answer;

        Assert.AreEqual("20260101000000_Initial", draft.Target!.Id);
        Assert.StartsWith("CREATE TABLE \"Users\" (", draft.Target.Emission!.Up!);
        Assert.Contains("\"Avatar\" TEXT NULL", draft.Target.Emission.Up!);
        Assert.Contains("namespace MigrationsBuild.Worker.Fixtures.Drafts.FirstDraft\n", draft.Changes[^1].Text!.ReplaceLineEndings("\n"));
        Assert.Contains("partial class FirstDraftContextModelSnapshot : ModelSnapshot", draft.Changes[^1].Text!);
    }

    [TestMethod]
    public void A_migration_after_an_empty_one_is_generated_again()
    {
        var draft = Amend("EmptyFirstContext").Answer;

        Assert.AreEqual("20260102000000_CreateUsers", draft.Target!.Id);
        Assert.StartsWith("CREATE TABLE \"Users\" (", draft.Target.Emission!.Up!);
    }

    [TestMethod]
    public void A_discard_after_an_empty_migration_restores_the_empty_model()
    {
        var discarded = Fixture.Models.Ask(request => request with { Discard = true, ContextName = "EmptyFirstContext" }).Answer;

        Assert.AreEqual("20260102000000_CreateUsers", discarded.Target!.Id);
        var snapshot = discarded.Changes.Single(change => change.Text is not null);
        Assert.AreEqual("EmptyFirst.cs", Path.GetFileName(snapshot.Path));
        Assert.DoesNotContain(".Entity(", snapshot.Text!);
    }

    private static Start Amend(string context, string name = "") => Fixture.Models.Ask(
        request => request with { Revision = true, RevisionAmend = true, RevisionName = name, ContextName = context });
}
