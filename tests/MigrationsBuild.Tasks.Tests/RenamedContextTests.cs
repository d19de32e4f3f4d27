using MigrationsBuild.Contexts;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>A context that is called otherwise than when its migrations were approved: no gate is off, and an approval renames.</summary>
[TestClass]
public sealed class RenamedContextTests : IDisposable
{
    private const string Old = "Migrations/ShopContext.approvals";
    private const string New = "Migrations/StoreContext.approvals";
    private const string Up = "Migrations/20260101000000_A.sql";

    private readonly TaskHarness _harness = new();

    public RenamedContextTests()
    {
        var context = _harness.Context();
        _harness.Folder.Write(Old, ApprovalsFile.For(context, []).ToText());
        _harness.Answers(context).Execute(new CheckMigrations());
        Assert.IsTrue(_harness.Execute(new DbApprove()));
    }

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    public void A_strict_build_fails_and_names_both()
    {
        Build(Renamed());
        _harness.Metadata["DbUnapproved"] = "error";

        Assert.IsFalse(_harness.Execute(new CheckMigrations()));

        var error = _harness.Engine.Errors.Single();
        Assert.AreEqual(("MIG1016", Old, 2), (error.Code, error.File, error.LineNumber));
        Assert.Contains("App.ShopContext. That context isn't in this build, but App.StoreContext has its migrations", error.Message!);
    }

    [TestMethod]
    public void An_approval_moves_the_file_and_renames_the_headers_and_approves_nothing_else()
    {
        _harness.Folder.Replace(Up, "CREATE TABLE", "CREATE TABLE IF NOT EXISTS");
        var approved = Approvals(Old);
        Build(Renamed());

        Assert.IsTrue(_harness.Execute(new DbApprove()), "It is done.");

        Assert.IsFalse(File.Exists(_harness.Folder[Old]));
        Assert.AreEqual(approved with { SourceHash = Approvals(New).SourceHash, Line = Approvals(New).Line }, Approvals(New));
        Assert.Contains("# context: App.StoreContext\n", _harness.Folder.Read(New));
        Assert.Contains("# formerly: App.ShopContext\n", _harness.Folder.Read(New));
        var sql = SqlFile.Read(_harness.Folder[Up], SqlDialect.Sqlite)!;
        Assert.AreEqual(("App.StoreContext", "CREATE TABLE IF NOT EXISTS a (x);\n", false), (sql.Context, sql.Body, sql.IsAsGenerated));
        CollectionAssert.IsSubsetOf(
            new[]
            {
                $"  {Old} moved to {New}; its approvals are kept",
                "  name: App.StoreContext, was App.ShopContext",
                "  1 SQL file has the new name in the header",
            },
            _harness.Engine.Lines.ToArray());
        Assert.AreEqual("MIG1003", _harness.Engine.Warnings.Single().Code, "Edited SQL is still that.");
        _harness.Execute(new CheckMigrations());
        Assert.AreEqual("MIG1003", _harness.Engine.Warnings.Single().Code);
    }

    [TestMethod]
    public void An_approval_moves_a_file_that_was_left_in_another_folder()
    {
        _harness.Folder.Write("Data/x", "");
        File.Move(_harness.Folder[Old], _harness.Folder["Data/ShopContext.approvals"]);
        Build(_harness.Context());
        Assert.AreEqual("MIG1016", _harness.Engine.Warnings.Single().Code);

        Assert.IsTrue(_harness.Execute(new DbApprove()));

        Assert.IsTrue(File.Exists(_harness.Folder[Old]));
        Assert.IsFalse(File.Exists(_harness.Folder["Data/ShopContext.approvals"]));
        _harness.Execute(new CheckMigrations());
        Assert.IsEmpty(_harness.Engine.Warnings);
    }

    [TestMethod]
    public void If_it_is_uncertain_whose_file_it_was_nothing_is_adopted()
    {
        Build(Renamed(), Renamed() with { Name = "App.DepotContext" });
        var before = _harness.Folder.Sources();

        Assert.IsFalse(_harness.Execute(new DbApprove()));

        Assert.AreEqual(("MIG1016", Old), (_harness.Engine.Errors.Single().Code, _harness.Engine.Errors.Single().File));
        CollectionAssert.AreEquivalent(before.ToList(), _harness.Folder.Sources().ToList());
    }

    [TestMethod]
    public void A_file_that_comes_or_goes_is_noticed_without_a_process()
    {
        Build(_harness.Context());
        Assert.IsEmpty(_harness.Engine.Warnings);
        var starts = _harness.Starts;
        var lost = ApprovalsFile.For(_harness.Context() with { Name = "App.LogContext" }, []).ToText();

        _harness.Folder.Write("Log/Deep/LogContext.approvals", lost);
        _harness.Execute(new CheckMigrations());
        var warning = _harness.Engine.Warnings.Single();
        Assert.AreEqual(("MIG1016", "Log/Deep/LogContext.approvals"), (warning.Code, warning.File));
        _harness.Folder.Replace("Log/Deep/LogContext.approvals", "App.LogContext", "App.OtherContext");
        _harness.Execute(new CheckMigrations());
        Assert.Contains("App.OtherContext", _harness.Engine.Warnings.Single().Message!);
        File.Delete(_harness.Folder["Log/Deep/LogContext.approvals"]);
        _harness.Execute(new CheckMigrations());

        Assert.IsEmpty(_harness.Engine.Warnings);
        Assert.AreEqual(starts, _harness.Starts);
    }

    [TestMethod]
    public void The_header_is_accepted_with_a_line_for_each_value()
    {
        Build(_harness.Context() with { MigrationsAssembly = "App", History = _harness.Context().History with { Schema = "shop" } });
        var warning = _harness.Engine.Warnings.Single();
        Assert.AreEqual(("MIG1018", Old, 5), (warning.Code, warning.File, warning.LineNumber));

        Assert.IsTrue(_harness.Execute(new DbApprove()));

        Assert.Contains("  history table: shop.__EFMigrationsHistory, was __EFMigrationsHistory", _harness.Engine.Lines);
        _harness.Execute(new CheckMigrations());
        Assert.IsEmpty(_harness.Engine.Warnings);
    }

    [TestMethod]
    public void Another_provider_is_accepted_when_nothing_is_left_that_was_approved_for_the_old_one()
    {
        var other = _harness.Context() with { Provider = SqlDialects.NpgsqlProvider };
        Build(other);
        var before = _harness.Folder.Read(Old);

        Assert.IsFalse(_harness.Execute(new DbApprove()));
        Assert.AreEqual(("MIG1018", Old), (_harness.Engine.Errors.Single().Code, _harness.Engine.Errors.Single().File));
        Assert.Contains($"approved with the provider {SqlDialects.SqliteProvider}, but now has {SqlDialects.NpgsqlProvider}",
            _harness.Engine.Errors.Single().Message!);
        Assert.AreEqual(before, _harness.Folder.Read(Old));

        var migration = other.Migrations[0] with { Id = "20260202000000_B", Source = _harness.Folder["Migrations/20260202000000_B.cs"] };
        Build(other with { Migrations = [migration] });
        Assert.IsTrue(_harness.Execute(new DbApprove()));
        Assert.Contains($"# provider: {SqlDialects.NpgsqlProvider}\n", _harness.Folder.Read(Old));
        Assert.AreEqual("20260202000000_B", Approvals(Old).Id);
    }

    private ContextReport Renamed() => _harness.Context() with { Name = "App.StoreContext" };

    /// <summary>The application is built with these contexts.</summary>
    private void Build(params ContextReport[] contexts)
    {
        _harness.Folder.Write("bin/App.dll", Guid.NewGuid().ToString());
        _harness.Answers(contexts).Execute(new CheckMigrations());
    }

    private Approval Approvals(string file) => ApprovalsFile.Read(_harness.Folder[file]).Approvals.Single();
}
