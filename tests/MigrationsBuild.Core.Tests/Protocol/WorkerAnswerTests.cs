using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;

namespace MigrationsBuild.Core.Tests.Protocol;

[TestClass]
public class WorkerAnswerTests
{
    private static readonly Emission _emission = new(
        "SELECT 1;\n", "SELECT '\t';\n", null, ["op 1", Wire.Odd], ["loss"], ["rename 1", "rename 2"])
    {
        Warnings = ["warning"],
        UpAgain = Wire.Odd,
        DownAgain = "SELECT 2;\n",
    };
    private static readonly Emission _refused = new(null, null, Wire.Odd, [], [], []);
    private static readonly Diagnostic _placed = new(DiagnosticCodes.Drift, Wire.Odd, new Location("/a/User.cs", 3, 4))
    {
        Severity = Severity.Error,
        Related = new RelatedLocation(new Location("/a/A.cs", 5), Wire.Odd),
    };

    [TestMethod]
    public void An_answer_comes_back()
    {
        var answer = new WorkerAnswer(
            [
                Context("App.Shop", Migration("1_A", _emission), Migration("2_B", null), Migration("3_C", _refused)),
                Context("App.Log", Migration("1_L", null)),
            ],
            [new Diagnostic(DiagnosticCodes.NoDesignPackage, "missing"), _placed])
        {
            Seen = [.. Enum.GetValues<SeenState>().Select(state => new SeenContext($"App.{state}{Wire.Odd}", state))],
            Target = Migration("4_D", _emission with { Down = null, Reason = "because" }),
            TargetContext = "App.Shop",
            DraftWarnings = ["It fails", Wire.Odd],
            Changes =
            [
                new SourceChange("/a/4_D.cs", Wire.Odd, ByteOrderMark: true),
                new SourceChange("/a/empty", ""),
                new SourceChange("/a/old.cs", null),
            ],
        };

        var read = WorkerAnswer.From(Wire.Send(answer.ToMessages()));

        Assert.AreEqual(Wire.Text(answer.ToMessages()), Wire.Text(read.ToMessages()));
        Assert.AreEqual(
            "1_A 2_B 3_C, 1_L",
            string.Join(", ", read.Contexts.Select(context => string.Join(' ', context.Migrations.Select(migration => migration.Id)))));
        Assert.AreEqual("4_D", read.Target!.Id);
        CollectionAssert.AreEqual(answer.DraftWarnings.ToArray(), read.DraftWarnings.ToArray());
        CollectionAssert.AreEqual(answer.Problems.ToArray(), read.Problems.ToArray());
        CollectionAssert.AreEqual(answer.Changes.ToArray(), read.Changes.ToArray());
        CollectionAssert.AreEqual(answer.Seen.ToArray(), read.Seen.ToArray());
    }

    [TestMethod]
    public void A_contexts_report_comes_back()
    {
        var context = Context("App.Shop", Migration("1_A", _emission), Migration("2_B", null), Migration("3_C", _refused)) with
        {
            Drift = [_placed, _placed with { Location = null, Severity = null, Related = null }],
            Entities = ["User in table Users", Wire.Odd],
            OtherMigrations = ["1_L", Wire.Odd],
        };

        var read = ContextReport.ReadAll(Wire.Send(context.ToMessages())).Single();

        Assert.AreEqual(
            context,
            read with
            {
                Migrations = context.Migrations,
                Drift = context.Drift,
                Entities = context.Entities,
                OtherMigrations = context.OtherMigrations,
            });
        CollectionAssert.AreEqual(context.OtherMigrations.ToArray(), read.OtherMigrations.ToArray());
        CollectionAssert.AreEqual(context.Entities.ToArray(), read.Entities.ToArray());
        CollectionAssert.AreEqual(context.Drift.ToArray(), read.Drift.ToArray());
        var emission = read.Migrations[0].Emission!;
        Assert.AreEqual(
            _emission,
            emission with
            {
                Operations = _emission.Operations,
                DataLosses = _emission.DataLosses,
                Renames = _emission.Renames,
                Warnings = _emission.Warnings,
            });
        Assert.AreEqual(
            "op 1|" + Wire.Odd + "|loss|rename 1|rename 2|warning",
            string.Join('|', emission.Operations.Concat(emission.DataLosses).Concat(emission.Renames).Concat(emission.Warnings)));
        Assert.AreEqual(context.Migrations[1], read.Migrations[1]);
        Assert.AreEqual(
            (null, null, Wire.Odd),
            (read.Migrations[2].Emission!.Up, read.Migrations[2].Emission!.Down, read.Migrations[2].Emission!.Reason));
    }

    [TestMethod]
    public void An_empty_answer_comes_back()
    {
        var read = WorkerAnswer.From(Wire.Send(new WorkerAnswer([], []).ToMessages()));

        Assert.AreEqual(
            (0, 0, null, "", 0), (read.Contexts.Count, read.Problems.Count, read.Target, read.TargetContext, read.Changes.Count));
    }

    [TestMethod]
    public void A_diagnostic_of_an_unknown_code_is_our_fault() =>
        Assert.AreEqual(DiagnosticCodes.Internal, new MessageLine("problem").With("code", "MIG0815").With("text", "x").ToDiagnostic().Code);

    [TestMethod]
    [DataRow("/a/20260101_A.cs", "/a/20260101_A.Designer.cs")]
    [DataRow("/a/b.c/20260101_A.vb", "/a/b.c/20260101_A.Designer.vb")]
    public void A_migrations_other_files_lie_beside_its_source(string source, string designer)
    {
        var migration = new MigrationReport("20260101_A", source, "", null);

        Assert.AreEqual(designer, migration.Designer);
        Assert.AreEqual(Path.Combine(Path.GetDirectoryName(source)!, "20260101_A.sql"), migration.Up);
        Assert.AreEqual(Path.Combine(Path.GetDirectoryName(source)!, "20260101_A.down.sql"), migration.Down);
    }

    private static MigrationReport Migration(string id, Emission? emission) => new(id, $"/a/{id}.cs", new string('c', 64), emission);

    private static ContextReport Context(string name, params MigrationReport[] migrations) => new(
        name,
        "Provider",
        "App",
        "10.0.0",
        "EF Core 10.0.0",
        "/a",
        new HistoryTable("shop", "History", "Id", "Version", "CREATE TABLE x;\n"),
        migrations,
        [],
        "AddUsers");
}
