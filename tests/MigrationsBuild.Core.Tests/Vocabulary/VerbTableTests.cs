using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Core.Tests.Vocabulary;

/// <summary>Rules for the rows of the table.</summary>
[TestClass]
public class VerbTableTests
{
    [TestMethod]
    public void No_two_verbs_of_the_runner_share_a_name() =>
        CollectionAssert.AllItemsAreUnique(VerbTable.OfRunner.Select(verb => verb.Name).ToArray());

    [TestMethod]
    public void The_runner_has_every_verb_that_is_deployed() =>
        Assert.IsEmpty(VerbTable.All.Where(verb => verb.IsDeployed).Except(VerbTable.OfRunner).Select(verb => verb.Name));

    [TestMethod]
    public void A_verb_of_the_runner_that_a_build_does_not_have_is_deployed_or_part_of_another_command() =>
        CollectionAssert.AreEqual(
            new[] { VerbTable.ExpectedSchema, VerbTable.Schema },
            VerbTable.OfRunner.Except(VerbTable.All).Where(verb => !verb.IsDeployed).ToArray());
}
