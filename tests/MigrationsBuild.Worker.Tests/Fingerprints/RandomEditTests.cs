using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Worker.Tests.Fingerprints;

/// <summary>
/// The proof of the model fingerprint: random edits of an application, from a seed. If an edit doesn't change the fingerprint, the worker
/// must give the same answer. Most edits outside the model must not change it.
/// </summary>
[TestClass]
public class RandomEditTests
{
    private const string Application = "MigrationsBuild.Worker.Fixtures.Shop";

    /// <summary>The sources that have nothing to do with the model, and the part of Main after the call that builds the host.</summary>
    private static readonly string[] _outside =
        ["Shop/Services/", "Shop/Endpoints/", "Shop/Controllers/", "Shop/Background/", "Shop.Domain/Pricing/Discounts.cs"];

    private static readonly Dictionary<SyntaxTree, SyntaxTree> _noEdits = [];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(1, 8, OptimizationLevel.Debug)]
    public void No_edit_that_changes_the_answer_keeps_the_fingerprint(int seed, int count, OptimizationLevel optimization) =>
        Check(seed, count, optimization);

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    [DataRow(2, 150, OptimizationLevel.Release)]
    [DataRow(3, 150, OptimizationLevel.Debug)]
    [DataRow(4, 150, OptimizationLevel.Release)]
    [DataRow(5, 150, OptimizationLevel.Debug)]
    public void No_edit_of_several_hundred_does(int seed, int count, OptimizationLevel optimization) => Check(seed, count, optimization);

    private void Check(int seed, int count, OptimizationLevel optimization)
    {
        var application = EditedApplication.Read(Application, Application + ".Domain", optimization);
        using var judge = new Judge(application);
        var unchanged = judge.FingerprintOf(_noEdits);
        var answer = judge.AnswerOf(_noEdits)!;
        Assert.IsFalse(string.IsNullOrEmpty(unchanged));
        Assert.Contains("CREATE TABLE", answer);
        var edits = Edits(application, judge, new Random(seed), count);
        var kept = edits.Where(edit => edit.Fingerprint == unchanged).ToList();

        var wrong = Batches(kept)
            .Where(batch => judge.AnswerOf(batch.ToDictionary(edit => edit.Old, edit => edit.New)) != answer)
            .SelectMany(batch => batch.Where(edit => judge.AnswerOf(edit.Map) != answer))
            .Select(edit => $"{edit.Name} changes the answer, but not the fingerprint:\n{edit.New}")
            .ToList();
        var outside = edits.Where(edit => edit.IsOutside).ToList();
        var recognized = outside.Intersect(kept).Count();
        TestContext.WriteLine(
            $"{edits.Count} edits, {kept.Count} of them without effect on the fingerprint. {recognized} of {outside.Count} edits outside "
            + $"the model recognized. The worker was asked {judge.Starts} times.");
        foreach (var edit in outside.Except(kept))
            TestContext.WriteLine($"Not recognized: {edit.Name}");
        Assert.AreEqual("", string.Join("\n", wrong));
        // Of all rows together it is more than 90 %.
        Assert.IsGreaterThanOrEqualTo(0.85, (double)recognized / outside.Count);

        // Otherwise the comparison of answers would prove nothing.
        var renamed = RenamedColumns(application);
        Assert.AreNotEqual(unchanged, judge.FingerprintOf(renamed));
        Assert.IsTrue(judge.AnswerOf(renamed) is { } other && other != answer);
    }

    /// <summary>An edit that changes the model.</summary>
    private static Dictionary<SyntaxTree, SyntaxTree> RenamedColumns(EditedApplication application)
    {
        const string name = "HasColumnName(\"";
        var tree = application.Sources.First(source => source.Key.Contains("/Data/", StringComparison.Ordinal)
            && source.Value.ToString().Contains(name, StringComparison.Ordinal)).Value;
        var text = tree.ToString().Replace(name, name + "New", StringComparison.Ordinal);
        return new() { [tree] = tree.WithChangedText(SourceText.From(text, tree.Encoding)) };
    }

    /// <summary>Edits that compile, each of them alone. A long source is edited more often than a short one.</summary>
    private static List<JudgedEdit> Edits(EditedApplication application, Judge judge, Random random, int count)
    {
        var sources = application.Sources.Where(source => !source.Key.Contains("/Migrations/", StringComparison.Ordinal)).ToList();
        var edits = new List<JudgedEdit>();
        while (edits.Count < count)
        {
            var position = random.Next(sources.Sum(source => source.Value.Length));
            var (path, tree) = sources.First(source => (position -= source.Value.Length) < 0);
            if (RandomEdit.Of(tree, random) is not { } edit)
                continue;
            var name = $"{path}: {edit.Kind} at line {tree.GetLineSpan(edit.Span).StartLinePosition.Line + 1}";
            var judged = new JudgedEdit(name, tree, edit.TreeFor(tree), IsOutside(path, tree, edit));
            if (judge.FingerprintOf(judged.Map) is { } fingerprint)
                edits.Add(judged with { Fingerprint = fingerprint });
        }

        return edits;
    }

    private static bool IsOutside(string path, SyntaxTree tree, RandomEdit edit)
    {
        var built = tree.ToString().IndexOf("builder.Build()", StringComparison.Ordinal);
        return Array.Exists(_outside, folder => path.StartsWith(folder, StringComparison.Ordinal))
            || (built > 0 && edit.Span.Start > built);
    }

    /// <summary>
    /// Edits that can be made together, at most one of each source: a start of the worker takes longer than everything else. If the answer
    /// differs, each is made alone.
    /// </summary>
    private static List<List<JudgedEdit>> Batches(IEnumerable<JudgedEdit> edits)
    {
        var batches = new List<List<JudgedEdit>>();
        foreach (var edit in edits)
        {
            var batch = batches.Find(others => others.TrueForAll(other => other.Old != edit.Old));
            if (batch is null)
                batches.Add(batch = []);
            batch.Add(edit);
        }

        return batches;
    }

    private sealed record JudgedEdit(string Name, SyntaxTree Old, SyntaxTree New, bool IsOutside, string Fingerprint = "")
    {
        public Dictionary<SyntaxTree, SyntaxTree> Map => new() { [Old] = New };
    }
}
