using MigrationsBuild.Contexts;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>An approval needs the acceptance of each finding of severity error.</summary>
[TestClass]
public sealed class LintGateTests : IDisposable
{
    private const string Approvals = "Migrations/ShopContext.approvals";
    private const string Source = "Migrations/20260101000000_A.cs";
    private const string Dangerous = "ALTER TABLE t DROP COLUMN c;\n\nCREATE INDEX i ON t (d);\n";

    private readonly TaskHarness _harness = new();

    public LintGateTests()
    {
        var context = Context(Dangerous);
        _harness.Folder.Write(Approvals, new ApprovalsFile(context.Name, "App", context.Provider, "__EFMigrationsHistory", []).ToText());
        _harness.Answers(context);
    }

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    public void A_build_warns()
    {
        Assert.IsTrue(_harness.Execute(new CheckMigrations()));

        CollectionAssert.AreEqual(
            new[] { "MIG1002", "MIG2102", "MIG2303" }, _harness.Engine.Warnings.Select(warning => warning.Code).ToArray());
    }

    [TestMethod]
    [DataRow("off", "MIG1002", "", DisplayName = "off")]
    [DataRow("error", "MIG1002 MIG2303", "MIG2102", DisplayName = "error")]
    public void The_setting_limits_the_severity(string lint, string warnings, string errors)
    {
        _harness.Metadata["DbLint"] = lint;

        for (var build = 0; build < 2; build++)
        {
            _harness.Execute(new CheckMigrations());
            Assert.AreEqual(warnings, string.Join(" ", _harness.Engine.Warnings.Select(warning => warning.Code)));
            Assert.AreEqual(errors, string.Join(" ", _harness.Engine.Errors.Select(error => error.Code)));
        }

        Assert.AreEqual(1, _harness.Starts, "The second build shows the stored findings.");
    }

    [TestMethod]
    public void An_approval_is_refused_with_the_command_that_accepts()
    {
        var before = Text;

        Assert.IsFalse(Approve());

        var error = _harness.Engine.Errors.Single();
        Assert.AreEqual("MIG2102", error.Code);
        Assert.EndsWith("run: dotnet build -t:DbApprove -p:DbAccept=MIG2102 -p:DbBecause=\"the reason\"", error.Message!);
        Assert.AreEqual(before, Text);
    }

    [TestMethod]
    public void An_accepted_finding_is_recorded_with_its_reason()
    {
        Assert.IsTrue(Approve(("DbAccept", "mig2102"), ("DbBecause", "nobody reads it")));

        Assert.EndsWith(" accepts MIG2102 \"nobody reads it\"\n", Text);
        Assert.Contains("    ACCEPTED: MIG2102 \"nobody reads it\"", _harness.Engine.Lines);
        Assert.IsTrue(_harness.Execute(new CheckMigrations()));
        Assert.IsEmpty(_harness.Engine.Warnings, "An approved migration is not reported again.");
    }

    [TestMethod]
    public void Another_approval_keeps_it_and_changed_SQL_voids_it()
    {
        Approve(("DbAccept", "MIG2102"));
        Assert.IsTrue(Approve());
        Assert.EndsWith(" accepts MIG2102\n", Text);
        _harness.Answers(Context("ALTER TABLE t DROP COLUMN other;\n"));
        _harness.Execute(new DbApprove(), ("DbRev", "head"));

        Assert.IsFalse(_harness.Execute(new DbApprove(), ("DbRev", "head")));

        Assert.AreEqual("MIG2102", _harness.Engine.Errors.Single().Code);
    }

    [TestMethod]
    public void A_comment_in_the_source_accepts()
    {
        _harness.Folder.Write(Source, "// MIG2102: values were copied\n");

        Assert.IsTrue(Approve());

        Assert.EndsWith(" accepts MIG2102 \"values were copied\"\n", Text);
    }

    [TestMethod]
    public void NoWarn_accepts_for_the_whole_project()
    {
        _harness.Metadata["NoWarn"] = "CS1591;MIG2102";

        Assert.IsTrue(Approve());

        Assert.DoesNotContain("accepts", Text);
    }

    [TestMethod]
    public void A_code_without_a_finding_is_refused()
    {
        Assert.IsFalse(Approve(("DbAccept", "MIG2102,MIG2101")));

        Assert.StartsWith("DbAccept contains MIG2101, but no migration", _harness.Engine.Errors.Single().Message!);
    }

    private string Text => _harness.Folder.Read(Approvals);

    private bool Approve(params (string, string)[] properties)
    {
        _harness.Execute(new CheckMigrations());
        return _harness.Execute(new DbApprove(), properties);
    }

    private ContextReport Context(string up)
    {
        var context = _harness.Context() with { Provider = SqlDialects.NpgsqlProvider };
        return context with
        {
            Migrations = [context.Migrations[0] with { Emission = new Emission(up, null, "Down() throws", [], [], []) }],
        };
    }
}
