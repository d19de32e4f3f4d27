using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Lint;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests.Review;

/// <summary>The findings of the lint are findings of the migration, as long as nobody has approved its SQL.</summary>
[TestClass]
public sealed class LintReviewTests : IDisposable
{
    private readonly ReviewedProject _project = new("1_A", "2_B");

    public LintReviewTests()
    {
        _project.Report = _project.Report with { Provider = SqlDialects.NpgsqlProvider };
        _project.ChangeSource("2_B", "SELECT 1;\n\nALTER TABLE t DROP COLUMN c;\n");
    }

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void A_draft_is_linted_at_the_statements_of_its_SQL()
    {
        _project.WriteSql().Approve("1_A");

        var finding = _project.Review().Migrations[1].Lint.Single();

        Assert.AreEqual((DiagnosticCodes.ColumnDropped, Severity.Error), (finding.Code, finding.Severity));
        var line = File.ReadLines(_project["2_B.sql"]).TakeWhile(line => !line.StartsWith("ALTER", StringComparison.Ordinal)).Count() + 1;
        Assert.AreEqual(new Location(_project["2_B.sql"], line, 1), finding.Location);
    }

    [TestMethod]
    public void SQL_that_is_not_written_yet_is_linted_at_the_source()
    {
        _project.WriteSql().Approve("1_A");
        File.Delete(_project["2_B.sql"]);
        File.Delete(_project["2_B.down.sql"]);

        Assert.AreEqual("MIG1002 2_B.cs, MIG2102 2_B.cs", _project.Findings());
    }

    [TestMethod]
    public void An_approved_migration_is_never_reported_again()
    {
        _project.WriteSql().Approve("1_A", "2_B");

        Assert.AreEqual("", _project.Findings());
    }

    [TestMethod]
    public void Nor_is_one_from_before_the_adoption()
    {
        _project.WriteSql();

        Assert.AreEqual("MIG1006", _project.Findings());
    }

    [TestMethod]
    public void An_approved_migration_whose_SQL_was_edited_is_linted()
    {
        _project.WriteSql().Approve("1_A", "2_B");
        _project.Folder.Replace("Migrations/2_B.sql", "DROP COLUMN c", "DROP COLUMN d");

        Assert.AreEqual("MIG1003 2_B.sql, MIG2102 2_B.sql", _project.Findings());
    }

    [TestMethod]
    public void A_comment_in_the_source_accepts_a_finding()
    {
        _project.WriteSql().Approve("1_A");
        _project.Folder.Write("Migrations/2_B.cs", "// MIG2102: nobody reads it\n");

        var migration = _project.Review().Migrations[1];

        Assert.AreEqual(Severity.Message, migration.Lint.Single().Severity);
        Assert.AreEqual("MIG2102 \"nobody reads it\"", Acceptance.Write(migration.Comments));
    }

    [TestMethod]
    public void The_models_say_which_types_the_columns_had()
    {
        _project.ChangeSource("2_B", "ALTER TABLE t ALTER COLUMN c TYPE text;\n");
        _project.Change("2_B", migration => migration with { Schema = new SchemaFacts("CREATE TABLE t (c varchar(9));", "", [], []) });
        _project.WriteSql().Approve("1_A");

        Assert.AreEqual("MIG1002 2_B.sql", _project.Findings());
    }

    [TestMethod]
    public void Earlier_migrations_say_which_constraints_there_are()
    {
        _project.ChangeSource("1_A", "ALTER TABLE t ADD CONSTRAINT k CHECK (c IS NOT NULL) NOT VALID;\n");
        _project.ChangeSource("2_B", "ALTER TABLE t VALIDATE CONSTRAINT k;\n\nALTER TABLE t ALTER COLUMN c SET NOT NULL;\n");
        _project.WriteSql().Approve("1_A");

        Assert.AreEqual("MIG1002 2_B.sql", _project.Findings());
    }

    [TestMethod]
    public void The_approvals_file_records_what_was_accepted()
    {
        var hash = ReviewedProject.Hash("x");
        var approval = new Approval("1_A", Approval.Base, hash, Approval.Irreversible, hash)
        {
            Accepted = [new Acceptance("MIG2102", "nobody reads it")],
        };
        _project.Approve(approval);

        var line = File.ReadAllLines(_project["Shop.approvals"])[^1];

        Assert.EndsWith($" irreversible {hash} accepts MIG2102 \"nobody reads it\"", line);
        var read = ApprovalsFile.Read(_project["Shop.approvals"]).Approvals[0];
        CollectionAssert.AreEqual(approval.Accepted.ToArray(), read.Accepted.ToArray());
    }
}
