using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>A design-time factory with several sets of arguments: each has its own verdict, and one build checks all.</summary>
[TestClass]
public sealed class ArgumentSetTests : IDisposable
{
    private static readonly string[] _sets = ["--provider lite", "--provider pg"];
    private static readonly Diagnostic _drift = new(DiagnosticCodes.Drift, "Thing.Note has no migration");
    private readonly TaskHarness _harness = new();

    public ArgumentSetTests() => _harness.Metadata["ArgumentSets"] = string.Join('\n', _sets);

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    public void One_build_shows_the_findings_of_every_set_and_writes_them_into_one_file()
    {
        (_harness.Metadata["DbErrorLog"], _harness.Metadata["DbReport"]) = ("found.sarif", "report.md");

        Check(_sets[0], isFirst: true);
        Check(_sets[1], isFirst: false);

        AssertFindings();
        foreach (var file in new[] { "found.sarif", "report.md" })
        {
            foreach (var set in _sets)
                Assert.Contains(set, _harness.Folder.Read(file));
        }
    }

    [TestMethod]
    public void An_unchanged_build_shows_them_again_without_a_process()
    {
        Check(_sets[0], isFirst: true);
        Check(_sets[1], isFirst: false);
        _harness.ForgetStarts();

        Check(_sets[0], isFirst: true);
        Check(_sets[1], isFirst: false);

        AssertFindings();
        Assert.AreEqual(0, _harness.Starts);
    }

    [TestMethod]
    public void A_check_names_the_set_of_each_verdict()
    {
        _harness.Metadata["DbArguments"] = _sets[1];

        _harness.Answers(_harness.Context(_drift)).Execute(new DbCheck());

        Assert.AreEqual("ShopContext (--provider pg): 1 finding in 1 migration and the model.", _harness.Engine.Lines.Last());
    }

    [TestMethod]
    public void A_verb_that_names_none_is_refused_with_the_list()
    {
        foreach (var verb in new MigrationsTask[] { new DbRevision(), new DbApprove(), new DbMigrate(), new DbDiscard() })
        {
            Assert.IsFalse(_harness.Execute(verb), verb.GetType().Name);

            Assert.AreEqual("MIG4010", _harness.Engine.Errors.Single().Code);
            Assert.Contains("It must be one of: --provider lite, --provider pg.", _harness.Engine.Errors.Single().Message!);
        }

        Assert.AreEqual(0, _harness.Starts);
    }

    /// <summary>The check of one set, in one build with the first.</summary>
    private void Check(string set, bool isFirst)
    {
        _harness.Metadata["DbArguments"] = set;
        var provider = set == _sets[0] ? SqlDialects.SqliteProvider : SqlDialects.NpgsqlProvider;
        _harness.Answers(_harness.Context(_drift) with { Provider = provider });
        Assert.IsTrue(isFirst ? _harness.Execute(new CheckMigrations()) : _harness.ExecuteInSameBuild(new CheckMigrations()));
    }

    private void AssertFindings() => CollectionAssert.AreEqual(
        _sets.Select(set => $"Thing.Note has no migration (DbArguments: {set})").ToArray(),
        _harness.Engine.Warnings.ConvertAll(warning => warning.Message));
}
