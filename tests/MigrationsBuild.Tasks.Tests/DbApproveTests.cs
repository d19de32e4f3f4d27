using MigrationsBuild.Contexts;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>The pinned SQL is the SQL in the files, which a person has read.</summary>
[TestClass]
public sealed class DbApproveTests : IDisposable
{
    private const string Approvals = "Migrations/ShopContext.approvals";
    private const string Up = "Migrations/20260101000000_A.sql";
    private const string Down = "Migrations/20260101000000_A.down.sql";

    private readonly TaskHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    public void SQL_that_has_changed_since_it_was_read_is_written_and_nothing_is_approved()
    {
        Adopt();
        Build("UPDATE a SET x = 1;\n", null);
        var before = Read(Approvals);

        Assert.IsFalse(Approve("INSERT INTO a VALUES (2);\n", null, Other("20260102000000_B", "CREATE TABLE b (x);\n")));

        var error = _harness.Engine.Errors.Single();
        Assert.AreEqual(("MIG1019", Up), (error.Code, error.File));
        Assert.StartsWith(
            "20260101000000_A.cs now generates SQL that differs from this file. The file was updated, and nothing was approved.",
            error.Message!);
        Assert.EndsWith("Read it, then run: dotnet build -t:DbApprove", error.Message!);
        Assert.EndsWith("\n\nINSERT INTO a VALUES (2);\n", Read(Up));
        Assert.AreEqual(before, Read(Approvals));
        Assert.IsFalse(
            File.Exists(_harness.Folder["Migrations/20260102000000_B.sql"]), "No other migration of the call is written either.");
        var starts = _harness.Starts;
        _harness.Execute(new CheckMigrations());
        Assert.EndsWith("\n\nINSERT INTO a VALUES (2);\n", Read(Up), "A build without a worker doesn't restore the earlier SQL.");
        Assert.AreEqual(starts, _harness.Starts);
        Assert.IsTrue(Approve("INSERT INTO a VALUES (2);\n", null, Other("20260102000000_B", "CREATE TABLE b (x);\n")));
        Assert.Contains(SqlFile.HashOf("INSERT INTO a VALUES (2);\n"), Read(Approvals));
        Assert.Contains("20260102000000_B", Read(Approvals));
    }

    [TestMethod]
    [DataRow("DROP TABLE a;\n", "DROP TABLE IF EXISTS a;\n", Down, DisplayName = "Other SQL")]
    [DataRow("DROP TABLE a;\n", null, Down, DisplayName = "No longer any")]
    [DataRow(null, "DROP TABLE a;\n", Down, DisplayName = "Now some")]
    public void So_is_SQL_that_reverts(string? before, string? after, string file)
    {
        Adopt();
        Build("CREATE TABLE a (x);\n", before);

        Assert.IsFalse(Approve("CREATE TABLE a (x);\n", after));

        Assert.AreEqual(("MIG1019", file), (_harness.Engine.Errors.Single().Code, _harness.Engine.Errors.Single().File));
        Assert.AreEqual(after is not null, File.Exists(_harness.Folder[Down]));
        Assert.IsTrue(Approve("CREATE TABLE a (x);\n", after));
    }

    [TestMethod]
    public void So_is_SQL_of_an_approved_migration_that_is_approved_again_by_its_name()
    {
        Adopt();
        Build("CREATE TABLE a (x);\n", null);
        Assert.IsTrue(Approve("CREATE TABLE a (x);\n", null));

        Assert.IsFalse(Approve("CREATE TABLE other (x);\n", null, rev: "head"));

        Assert.EndsWith("Read it, then run: dotnet build -t:DbApprove -p:DbRev=20260101000000_A", _harness.Engine.Errors.Single().Message!);
        Assert.Contains(SqlFile.HashOf("CREATE TABLE a (x);\n"), Read(Approvals));
        Assert.IsTrue(Approve("CREATE TABLE other (x);\n", null, rev: "head"));
        Assert.Contains(SqlFile.HashOf("CREATE TABLE other (x);\n"), Read(Approvals));
    }

    [TestMethod]
    public void SQL_that_is_missing_is_written_and_approved()
    {
        Adopt();

        Assert.IsTrue(Approve("CREATE TABLE a (x);\n", "DROP TABLE a;\n"));

        Assert.EndsWith("\n\nCREATE TABLE a (x);\n", Read(Up));
        Assert.Contains(SqlFile.HashOf("DROP TABLE a;\n"), Read(Approvals));
    }

    [TestMethod]
    public void SQL_that_was_edited_by_hand_is_approved_as_it_is()
    {
        Adopt();
        Build("CREATE TABLE a (x);\n", null);
        _harness.Folder.Replace(Up, "CREATE TABLE a (x);", "CREATE TABLE IF NOT EXISTS a (x);");

        Assert.IsTrue(Approve("CREATE TABLE other (x);\n", null));

        Assert.Contains(SqlFile.HashOf("CREATE TABLE IF NOT EXISTS a (x);\n"), Read(Approvals));
    }

    [TestMethod]
    [DataRow("CREATE", "-- \u202E\nCREATE", "MIG1020")]
    [DataRow("-- Direction: up\n", "-- Direction: up\nDROP TABLE b;\n", "MIG1003")]
    public void SQL_that_a_reviewer_cant_trust_is_refused(string old, string @new, string code)
    {
        Adopt();
        Build("CREATE TABLE a (x);\n", null);
        _harness.Folder.Replace(Up, old, @new);
        var before = (Read(Up), Read(Approvals));

        Assert.IsFalse(Approve("CREATE TABLE a (x);\n", null));

        Assert.AreEqual((code, Up), (_harness.Engine.Errors.Single().Code, _harness.Engine.Errors.Single().File));
        Assert.AreEqual(before, (Read(Up), Read(Approvals)));
    }

    /// <summary>An adoption of 395 migrations printed 1,700 lines.</summary>
    [TestMethod]
    public void Of_many_migrations_only_those_are_named_that_deserve_a_look_unless_all_are_wanted()
    {
        Adopt();
        var context = Many(11);
        _harness.Answers(context);

        Assert.IsTrue(_harness.Execute(new DbApprove()));

        CollectionAssert.AreEqual(
            new[]
            {
                "  IRREVERSIBLE: 1 of 11", "    20260101000002_M", "  LOSES DATA: 2 of 11", "    20260101000003_M", "    20260101000004_M",
                "  The SQL files show what each of them does. To list it here as well: -p:DbVerbose=true",
                "ShopContext: 11 approved, 11 in all: ShopContext.approvals",
            },
            _harness.Engine.Lines.ToArray());
    }

    [TestMethod]
    [DataRow(10, false, false)]
    [DataRow(11, true, true)]
    public void Few_are_shown_in_full_and_many_if_they_are_wanted(int count, bool isVerbose, bool hasSummary)
    {
        Adopt();

        Assert.IsTrue(_harness.Answers(Many(count)).Execute(new DbApprove(), ("DbVerbose", isVerbose ? "true" : "")));

        Assert.HasCount(count, _harness.Engine.Lines.Where(line => line == "    adds table \"a\""));
        Assert.Contains("    LOSES DATA: table \"b\"", _harness.Engine.Lines);
        Assert.AreEqual(hasSummary, _harness.Engine.Lines.Contains($"  LOSES DATA: 2 of {count}"));
        Assert.DoesNotContain(line => line.Contains("DbVerbose", StringComparison.Ordinal), _harness.Engine.Lines);
    }

    private ContextReport Many(int count) => _harness.Context() with
    {
        Migrations =
        [
            .. Enumerable.Range(1, count)
                .Select(number => Other($"2026010100{number:0000}_M", $"CREATE TABLE a{number} (x);\n"))
                .Select((other, i) => other with
            {
                Emission = new Emission(
                    other.Emission!.Up,
                    i == 1 ? null : "DROP TABLE a;\n",
                    i == 1 ? "it has no Down()" : null,
                    ["adds table \"a\""],
                    i is 2 or 3 ? ["table \"b\""] : [],
                    []),
            }),
        ],
    };

    private void Adopt()
    {
        var context = _harness.Context();
        _harness.Folder.Write(Approvals, new ApprovalsFile(context.Name, "App", context.Provider, "__EFMigrationsHistory", []).ToText());
    }

    private void Build(string up, string? down) => Assert.IsTrue(_harness.Answers(Yields(up, down)).Execute(new CheckMigrations()));

    private bool Approve(string up, string? down, MigrationReport? other = null, string rev = "")
    {
        var context = Yields(up, down);
        if (other is not null)
            context = context with { Migrations = [.. context.Migrations, other] };
        return _harness.Answers(context).Execute(new DbApprove(), ("DbRev", rev));
    }

    private ContextReport Yields(string up, string? down)
    {
        var context = _harness.Context();
        var emission = new Emission(up, down, down is null ? "Down() throws" : null, [], [], []);
        return context with { Migrations = [context.Migrations[0] with { Emission = emission }] };
    }

    private MigrationReport Other(string id, string up) =>
        new(id, _harness.Folder[$"Migrations/{id}.cs"], new string('d', 64), new Emission(up, null, "Down() throws", [], [], []));

    private string Read(string file) => _harness.Folder.Read(file);
}
