namespace MigrationsBuild.Targets.Tests;

/// <summary>Two calls on one project at the same time: each does what it says, on its own context and its own database.</summary>
[TestClass]
public sealed class CallsAtOnceTests
{
    private const int Pairs = 20;
    private const int Seed = 11;

    [TestMethod]
    public void Random_pairs_of_verbs_on_different_databases_never_mix()
    {
        using var shelf = new TwoContexts();
        var random = new Random(Seed);
        for (var number = 1; number <= Pairs; number++)
        {
            var first = shelf.Draw(random, "../first.db");
            var second = shelf.Draw(random, "../second.db");
            // Two drafts of one context would write the same files: that is no mix-up but a conflict.
            if (first.Verb == "DbRevision" && second.Verb == "DbRevision")
                second = second with { Context = TwoContexts.Other(first.Context) };

            shelf.RunAtOnce($"Seed {Seed}, pair {number}", first, second);
        }
    }
}
