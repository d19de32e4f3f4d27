using MigrationsBuild.Runner.Verbs;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Database.Tests;

[TestClass]
public class VerbHandlersTests
{
    [TestMethod]
    public void Each_verb_of_the_runner_has_a_handler_and_no_other_verb_has_one() =>
        CollectionAssert.AreEquivalent(
            VerbTable.OfRunner.Select(verb => verb.Name).ToArray(), VerbHandlers.All.Keys.Select(verb => verb.Name).ToArray());

    [TestMethod]
    public void Each_handler_is_in_the_table() =>
        CollectionAssert.AreEquivalent(
            typeof(IVerbHandler).Assembly.GetTypes()
                .Where(type => type.IsClass && type.IsAssignableTo(typeof(IVerbHandler)))
                .Select(type => type.Name)
                .ToArray(),
            VerbHandlers.All.Values.Select(handler => handler.GetType().Name).ToArray());
}
