using MigrationsBuild.Contexts;
using MigrationsBuild.Review;

namespace MigrationsBuild.Core.Tests.Review;

/// <summary>A context without approvals file: not adopted yet, or one whose file can't be missing on purpose.</summary>
[TestClass]
public sealed class UnadoptedContextsTests : IDisposable
{
    private readonly ReviewedProject _project = new("1_A", "2_B");

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void A_project_that_has_just_got_the_package_has_a_message() => Assert.AreEqual("MIG1006", Found());

    [TestMethod]
    public void One_with_SQL_files_had_approvals()
    {
        _project.WriteSql();

        Assert.AreEqual("MIG1017", Found());
        Assert.AreEqual(
            "Shop has SQL files and no Shop.approvals, so it is unknown which SQL was approved. "
            + "Restore the file from version control. Or approve all of it again: dotnet build -t:DbApprove",
            Text());
    }

    [TestMethod]
    public void So_had_one_with_SQL_of_a_migration_that_is_missing()
    {
        _project.WriteSql();
        File.Delete(_project["1_A.sql"]);
        File.Delete(_project["1_A.down.sql"]);
        _project.Report = _project.Report with { Migrations = [_project.Report.Migrations[0]] };

        Assert.AreEqual("MIG1015, MIG1015, MIG1017", Found());
    }

    [TestMethod]
    public void A_file_of_ones_own_is_no_such_file()
    {
        _project.Folder.Write("Migrations/1_A.sql", "SELECT 1;\n");

        Assert.AreEqual("MIG1006", Found());
    }

    [TestMethod]
    public void One_beside_an_approved_context_would_be_left_out()
    {
        var other = Other("App.Log", "App");
        _project.Folder.Write("Log/Log.approvals", ApprovalsFile.For(other, []).ToText());

        Assert.AreEqual("MIG1002, MIG1017", Found(other));
        Assert.AreEqual(
            "Shop has 2 migrations and no Shop.approvals, but other contexts of this project are approved. "
            + "A publish would leave its migrations out. "
            + "Restore the file from version control. Or approve the migrations: dotnet build -t:DbApprove -p:DbContextName=App.Shop",
            Text(other));
    }

    [TestMethod]
    public void So_would_one_whose_other_providers_migrations_are_approved()
    {
        _project.Folder.Write(
            "Lite/Shop.approvals", ApprovalsFile.For(_project.Report with { MigrationsAssembly = "App.Lite" }, []).ToText());

        Assert.AreEqual("MIG1017", Found());
    }

    [TestMethod]
    public void So_would_one_in_a_project_whose_publish_deploys_migrations()
    {
        var review = Review("a publish with DbPublish=runner");

        Assert.AreEqual("MIG1017", string.Join(", ", review.Contexts[0].Findings.Select(finding => finding.Code)));
        Assert.AreEqual(
            "Shop has 2 migrations and no Shop.approvals, so a publish with DbPublish=runner would leave its migrations out. "
            + "To publish no migrations, set <DbPublish>none</DbPublish>. To approve them, run: dotnet build -t:DbApprove",
            review.Contexts[0].Findings[0].Text);
    }

    [TestMethod]
    public void Migrations_of_no_project_of_the_build_are_a_package()
    {
        _project.Report = _project.Report with { MigrationsAssembly = "Some.Package" };
        var other = Other("App.Log", "App");
        _project.Folder.Write("Log/Log.approvals", ApprovalsFile.For(other, []).ToText());

        Assert.AreEqual("MIG1002, MIG1006", Found(other));
    }

    [TestMethod]
    public void A_context_without_migrations_needs_no_file_and_is_named()
    {
        _project.Report = _project.Report with { Migrations = [] };

        Assert.AreEqual("MIG1024", Review("a publish").Contexts[0].Findings.Single().Code.Id);
    }

    private ContextReport Other(string name, string assembly) => _project.Report with
    {
        Name = name,
        MigrationsAssembly = assembly,
        Folder = _project.Folder["Log"],
        Migrations = [_project.Migration("3_C") with { Source = _project.Folder["Log/3_C.cs"] }],
    };

    private ProjectReview Review(string? publishes = null, params ContextReport[] others) => ProjectReview.Of(
        new WorkerAnswer([.. others, _project.Report], []),
        new ReviewScope([new MigrationsProject("App", _project.Folder.Path)], publishes));

    private string Found(params ContextReport[] others) =>
        string.Join(", ", Review(null, others).Contexts.SelectMany(context => context.AllFindings).Select(finding => finding.Code));

    private string Text(params ContextReport[] others) => Review(null, others).Contexts[^1].Findings[^1].Text;
}
