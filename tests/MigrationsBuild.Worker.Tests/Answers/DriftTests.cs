using MigrationsBuild.Testing;

namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>The differences between a model and its migrations, with their text and location.</summary>
/// <param name="models">The models, compiled for one version of EF Core.</param>
/// <param name="version">The major version of EF Core.</param>
public abstract class DriftTests(Fixture models, int version)
{
    [TestMethod]
    public void The_report_names_the_EF_Core_that_the_models_were_compiled_for() => Assert.MatchesRegex(
        $@"^EF Core {version}\.0\.\d+, Microsoft\.EntityFrameworkCore\.Sqlite {version}\.0\.\d+$", models["UnchangedContext"].Generator);

    [TestMethod]
    public void A_new_property_is_reported_at_its_location_with_the_command_that_fixes_it()
    {
        var finding = Single("NewProperty");

        Assert.AreEqual("MIG1001", finding.Code);
        Assert.AreEqual("public string? |Avatar { get; set; }", finding.Source);
        Assert.AreEqual(
            "User.Avatar has no migration: adds column \"Users\".\"Avatar\" TEXT. "
            + "Run: dotnet build -t:DbRevision -p:Msg=\"add user avatar\"", finding.Text);
    }

    [TestMethod]
    [DataRow(
        "PropertyWithBody",
        "public int |Score",
        "User.Score has no migration: adds column \"Users\".\"Score\" INTEGER, not null, default 0.")]
    [DataRow(
        "NewNavigation",
        "public User? |Manager { get; set; }",
        "User.Manager has no migration: adds column \"Users\".\"ManagerId\" INTEGER; "
        + "adds index \"IX_Users_ManagerId\" on \"Users\" (\"ManagerId\"); "
        + "adds foreign key \"FK_Users_Users_ManagerId\" from \"Users\" (\"ManagerId\") to \"Users\".")]
    public void A_member_is_located_in_every_form_of_declaration(string fixture, string source, string text)
    {
        var finding = Single(fixture);

        Assert.AreEqual(source, finding.Source);
        Assert.StartsWith(text, finding.Text);
    }

    [TestMethod]
    public void A_change_of_a_class_is_reported_at_the_class()
    {
        var finding = Single("MissingProperty");

        Assert.AreEqual("public class |User", finding.Source);
        Assert.StartsWith("User has no migration: drops column \"Users\".\"Name\".", finding.Text);
    }

    [TestMethod]
    public void A_change_of_no_class_is_reported_at_the_context()
    {
        var finding = Single("IgnoredEntity");

        Assert.AreEqual("public class |IgnoredEntityContext : UsersContext<User>", finding.Source);
        Assert.StartsWith("IgnoredEntityContext has no migration: drops table \"Users\".", finding.Text);
    }

    [TestMethod]
    public void An_index_and_a_changed_column_are_one_finding_at_their_property()
    {
        var finding = Single("IndexAndType");

        Assert.AreEqual("public string |Name { get; set; } = \"\";", finding.Source);
        Assert.StartsWith(
            "User.Name has no migration: changes column \"Users\".\"Name\": type TEXT to BLOB; "
            + "adds unique index \"IX_Users_Name\" on \"Users\" (\"Name\").",
            finding.Text);
    }

    [TestMethod]
    public void A_new_class_is_one_finding_at_that_class()
    {
        var finding = Single("NewEntity");

        Assert.AreEqual("public class |Post", finding.Source);
        Assert.EndsWith("-p:Msg=\"create post\"", finding.Text);
    }

    [TestMethod]
    public void A_join_table_is_reported_at_its_navigation()
    {
        var finding = Single("JoinTable");

        Assert.MatchesRegex(@"^public List<User> \|Friend(s|Of) ", finding.Source);
        Assert.StartsWith("User.Friend", finding.Text);
    }

    [TestMethod]
    public void A_property_with_the_name_of_its_type_is_located_at_its_own_name() =>
        Assert.AreEqual("public Mood |Mood { get; set; }", Single("NameOfItsType").Source);

    [TestMethod]
    public void A_parameter_of_a_record_is_located_in_its_own_record() =>
        Assert.AreEqual("public record Shipping(string |Zip);", Single("PositionalRecord").Source);

    [TestMethod]
    public void Ten_findings_are_shown_and_the_others_are_counted()
    {
        var findings = models.Drift("ManyPropertiesContext");

        Assert.HasCount(11, findings);
        Assert.StartsWith(
            "4 more differences between ManyPropertiesContext and its migrations. Run: dotnet build -t:DbRevision", findings[^1].Text);
    }

    [TestMethod]
    [DataRow("UnchangedContext")]
    [DataRow("WithoutMigrationsContext")]
    public void A_context_that_matches_its_migrations_or_has_none_has_no_finding(string context) =>
        Assert.IsEmpty(models[context].Drift);

    [TestMethod]
    public void A_context_without_its_snapshot_has_no_other_finding()
    {
        var finding = Single("WithoutSnapshot");

        Assert.AreEqual("MIG1013", finding.Code);
        Assert.AreEqual("public class |WithoutSnapshotContext : UsersContext<User>", finding.Source);
    }

    private Finding Single(string fixture)
    {
        var finding = models.Drift(fixture + "Context").Single();
        Assert.AreEqual($"Drift/{fixture}.cs", finding.File);
        return finding;
    }
}

[TestClass]
public class DriftOnEfCore10Tests() : DriftTests(Fixture.Models, 10)
{
    [TestMethod]
    public void Without_a_PDB_a_finding_has_no_location()
    {
        using var folder = new TestFolder();
        var (assembly, copy) = (Fixture.Models.AssemblyPath, folder["MigrationsBuild.Worker.Fixtures.dll"]);
        var deps = Path.ChangeExtension(copy, ".deps.json");
        File.Copy(assembly, copy);
        File.Copy(Path.ChangeExtension(assembly, ".deps.json"), deps);

        var answer = Fixture.Models.Ask(describe: project => (project["AssemblyPath"], project["DepsPath"]) = (copy, deps)).Answer;

        var finding = answer.Contexts.Single(context => context.ShortName == "NewPropertyContext").Drift.Single();
        Assert.IsNull(finding.Location);
        Assert.StartsWith("User.Avatar has no migration", finding.Text);
    }
}

[TestClass]
public class DriftOnEfCore9Tests() : DriftTests(Fixture.ModelsOnEfCore9, 9);

[TestClass]
public class DriftOnEfCore8Tests() : DriftTests(Fixture.ModelsOnEfCore8, 8);
