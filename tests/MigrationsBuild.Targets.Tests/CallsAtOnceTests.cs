using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>Two calls on one project at the same time: each does what it says, on its own context and its own database.</summary>
[TestClass]
public sealed class CallsAtOnceTests
{
    private const int Seed = 11;

    [TestMethod]
    public void Random_pairs_of_verbs_on_different_databases_never_mix() => RunPairs(1, 4);

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void Many_random_pairs_of_verbs_on_different_databases_never_mix() => RunPairs(5, 20);

    private static void RunPairs(int first, int last)
    {
        using var shelf = new TwoContexts();
        var random = new Random(Seed);
        for (var number = 1; number <= last; number++)
        {
            var one = shelf.Draw(random, "../first.db");
            var other = shelf.Draw(random, "../second.db");
            // Two drafts of one context would write the same files: that is no mix-up but a conflict.
            if (one.Verb == "DbRevision" && other.Verb == "DbRevision")
                other = other with { Context = TwoContexts.Other(one.Context) };
            if (number >= first)
                shelf.RunAtOnce($"Seed {Seed}, pair {number}", one, other);
        }
    }
}
