using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>
/// Two calls on one project at the same time: each does what it says, on its own context and its own database. The tests of the tasks have
/// what the calls share.
/// </summary>
[TestClass]
public sealed class ConcurrentCallTests
{
    private const int Pairs = 20;
    private const int Seed = 11;

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void Random_pairs_of_verbs_on_different_databases_never_mix()
    {
        using var shelf = new TwoContexts();
        var random = new Random(Seed);
        for (var number = 1; number <= Pairs; number++)
        {
            var one = shelf.Draw(random, "../first.db");
            var other = shelf.Draw(random, "../second.db");
            // Two drafts of one context would write the same files: that is no mix-up but a conflict.
            if (one.Verb == "DbRevision" && other.Verb == "DbRevision")
                other = other with { Context = TwoContexts.Other(one.Context) };
            shelf.RunAtOnce($"Seed {Seed}, pair {number}", one, other);
        }
    }
}
