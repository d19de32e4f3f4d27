using System.Text.RegularExpressions;

namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>Models with values that differ each time the model is built, or that depend on the machine.</summary>
[TestClass]
public class NonDeterministicModelTests
{
    [TestMethod]
    [DataRow(8)]
    [DataRow(9)]
    [DataRow(10)]
    public void A_value_that_differs_each_time_is_reported_at_its_property(int version)
    {
        var models = version switch { 8 => Fixture.ModelsOnEfCore8, 9 => Fixture.ModelsOnEfCore9, _ => Fixture.Models };

        var findings = models.Drift("NonDeterministicSeedsContext");

        CollectionAssert.AreEqual(
            new[]
            {
                "MIG1008 public Guid |Id { get; set; } "
                + "Meeting.Id is non-deterministic: it has a different value each time the model is built, in 1 row of HasData. "
                + "No migration can match that. Use a constant: HasData(new Meeting { Id = …, … })",
                "MIG1008 public string |Stamp { get; set; } = Guid.NewGuid().ToString(); "
                + "Role.Stamp is non-deterministic: it has a different value each time the model is built, in 2 rows of HasData. "
                + "No migration can match that. Use a constant: HasData(new Role { Stamp = …, … })",
            },
            findings.Select(finding => $"{finding.Code} {finding.Source} {finding.Text}").Order(StringComparer.Ordinal).ToArray());
    }

    [TestMethod]
    [DataRow("NonDeterministicSeedsContext")]
    [DataRow("MixedSeedsContext")]
    [DataRow("MachineDependentContext")]
    public void A_non_deterministic_model_is_never_drafted(string context)
    {
        var draft = Fixture.Models.Draft(context);

        Assert.AreEqual("MIG1008", draft.Problem.Code.Id);
        Assert.Contains("The same applies to ", draft.Problem.Message);
        Assert.IsEmpty(draft.Answer.Changes);
    }

    [TestMethod]
    public void Other_changes_are_still_reported()
    {
        var findings = Fixture.Models.Drift("MixedSeedsContext");

        CollectionAssert.AreEqual(
            new[]
            {
                "MIG1001 Meeting has no migration: updates 1 row of \"Meeting\"",
                "MIG1001 Role has no migration: updates 1 row of \"Role\"",
                "MIG1001 Visitor.Avatar has no migration: adds column \"Visitor\".\"Avatar\" TEXT",
                "MIG1008 Meeting.At is non-deterministic: it has a different value each time the model is built, in 1 row of HasData",
                "MIG1008 Role.Rank is non-deterministic: it is configured differently each time the model is built, "
                + "changes column \"Role\".\"Rank\": default",
                "MIG1008 Role.Stamp is non-deterministic: it has a different value each time the model is built, in 1 row of HasData",
            },
            findings.Select(finding => Regex.Match($"{finding.Code} {finding.Text}", @"^.*?(?=\. | [-\d]+ to [-\d]+\.)").Value)
                .Order(StringComparer.Ordinal).ToArray());
    }

    [TestMethod]
    public void The_model_is_built_a_second_time_only_if_something_differs()
    {
        Assert.IsEmpty(Fixture.Models.Drift("ConstantSeedsContext"));
        Assert.HasCount(1, Fixture.Models.Drift("ChangedSeedsContext"));

        var output = Fixture.Models.Shared.Output;

        Assert.AreEqual(Regex.Count(output, "The constant model is built.") + 1, Regex.Count(output, "The changed model is built."));
    }

    [TestMethod]
    public void A_value_that_depends_on_the_time_zone_or_culture_is_reported()
    {
        var findings = Fixture.Models.Drift("MachineDependentContext").Where(finding => finding.Code == "MIG1008");

        CollectionAssert.AreEqual(
            new[]
            {
                "public DateTimeOffset |At { get; set; } Thing.At depends on the machine's time zone, in 1 row of HasData",
                "public string |Price { get; set; } = \"\"; Thing.Price depends on the machine's culture, in 1 row of HasData",
            },
            findings.Select(finding => $"{finding.Source} {finding.Text.Split(", so ")[0]}").Order(StringComparer.Ordinal).ToArray());
    }
}
