using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Core.Tests.Review;

/// <summary>A migration's C# file that exists and isn't compiled: nothing of it is deleted.</summary>
[TestClass]
public sealed class MissingMigrationsTests : IDisposable
{
    private const string Newest = "20260103000000_C";
    private readonly ReviewedProject _project = new ReviewedProject("20260101000000_A", "20260102000000_B", Newest).WriteSql();

    public MissingMigrationsTests() => _project.Folder.Write("App.csproj", "<Project />");

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void One_that_is_approved_keeps_its_line_and_its_SQL()
    {
        _project.Approve("20260101000000_A", "20260102000000_B", Newest);
        Uncompile(Newest);

        var review = _project.Review();

        Assert.AreEqual($"MIG1021 {Newest}.cs", _project.Findings());
        Assert.AreEqual(new Location(_project[Newest + ".cs"], 1, 1), _project.Finding().Location);
        Assert.AreEqual(
            $"{Newest}.cs isn't compiled: App contains no migration {Newest}. Build the project again. "
            + "If that doesn't help, add to the project file: "
            + $"<Compile Include=\"Migrations/{Newest}.cs\" /> <Compile Include=\"Migrations/{Newest}.Designer.cs\" />",
            _project.Finding().Text);
        Assert.AreEqual(Newest, review.Missing.WithSource.Single().Id);
        Assert.IsEmpty(review.Missing.WithoutSource);
        Assert.IsEmpty(review.Missing.Orphans);
    }

    [TestMethod]
    public void A_draft_keeps_its_SQL()
    {
        _project.Approve("20260101000000_A", "20260102000000_B");
        Uncompile(Newest);

        Assert.AreEqual($"MIG1021 {Newest}.cs", _project.Findings());
        Assert.IsEmpty(_project.Review().Missing.Orphans);
    }

    [TestMethod]
    public void A_draft_whose_SQL_was_edited_is_found_as_well()
    {
        _project.Approve("20260101000000_A", "20260102000000_B");
        _project.Folder.Replace($"Migrations/{Newest}.sql", "CREATE", "DROP");
        Uncompile(Newest);

        Assert.AreEqual($"MIG1021 {Newest}.cs", _project.Findings());
    }

    [TestMethod]
    [DataRow("20260103000000_C", true, DisplayName = "Newer than the newest compiled one")]
    [DataRow("20260101120000_C", false, DisplayName = "Older: it may have been left out long ago")]
    public void A_new_one_that_nothing_names_yet_is_found_by_its_time(string id, bool isFound)
    {
        _project.Approve("20260101000000_A", "20260102000000_B");
        DeleteSql(Newest);
        Uncompile(Newest, id);

        Assert.AreEqual(isFound ? $"MIG1021 {id}.cs" : "", _project.Findings());
    }

    [TestMethod]
    public void One_that_is_compiled_for_a_context_of_the_same_name_isnt()
    {
        _project.Approve("20260101000000_A", "20260102000000_B");
        DeleteSql(Newest);
        Uncompile(Newest);
        _project.Report = _project.Report with { OtherMigrations = [Newest] };

        Assert.AreEqual("", _project.Findings());
    }

    [TestMethod]
    public void One_of_another_context_isnt()
    {
        _project.Approve("20260101000000_A", "20260102000000_B");
        DeleteSql(Newest);
        Uncompile(Newest);
        _project.Folder.Replace($"Migrations/{Newest}.Designer.cs", "typeof(Shop)", "typeof(Workshop)");

        Assert.AreEqual("", _project.Findings());
    }

    [TestMethod]
    [DataRow("[Microsoft.EntityFrameworkCore.Infrastructure.DbContextAttribute(typeof(global::App.Shop))]")]
    [DataRow("[<DbContext(typeof<Shop>)>]")]
    [DataRow("<DbContext(GetType(Shop))>")]
    public void However_the_attribute_is_written(string attribute)
    {
        _project.Approve("20260101000000_A", "20260102000000_B");
        DeleteSql(Newest);
        Uncompile(Newest);
        _project.Folder.Replace($"Migrations/{Newest}.Designer.cs", "[DbContext(typeof(Shop))]", attribute);

        Assert.AreEqual($"MIG1021 {Newest}.cs", _project.Findings());
    }

    [TestMethod]
    public void Without_its_Designer_file_it_has_no_attribute()
    {
        _project.Approve("20260101000000_A", "20260102000000_B", Newest);
        Uncompile(Newest);
        File.Delete(_project[Newest + ".Designer.cs"]);

        Assert.EndsWith($"No file has its attribute [Migration(\"{Newest}\")]. Restore {Newest}.Designer.cs from version control",
            _project.Finding().Text);
    }

    [TestMethod]
    public void In_a_project_that_isnt_adopted_it_is_found_as_well()
    {
        foreach (var migration in _project.Report.Migrations)
            DeleteSql(migration.Id);
        Uncompile(Newest);

        Assert.AreEqual($"MIG1021 {Newest}.cs, MIG1006", _project.Findings());
    }

    private void Uncompile(string id, string? name = null)
    {
        _project.Report = _project.Report with { Migrations = [.. _project.Report.Migrations.Where(migration => migration.Id != id)] };
        _project.Folder.Write($"Migrations/{name ?? id}.cs", "public partial class C : Migration;")
            .Write($"Migrations/{name ?? id}.Designer.cs", $"[DbContext(typeof(Shop))]\n[Migration(\"{name ?? id}\")]\npartial class C;");
    }

    private void DeleteSql(string id)
    {
        File.Delete(_project[id + ".sql"]);
        File.Delete(_project[id + ".down.sql"]);
    }
}
