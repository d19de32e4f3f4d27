using MigrationsBuild.Review;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Review;

[TestClass]
public sealed class ApprovalsSearchTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("A.approvals")]
    [DataRow("Migrations/A.approvals")]
    [DataRow("Data/Deep/Er/A.APPROVALS")]
    public void A_file_is_found_anywhere_in_the_project(string file) => CollectionAssert.AreEqual(new[] { file }, Find(file));

    [TestMethod]
    [DataRow("bin/A.approvals")]
    [DataRow("src/obj/Debug/A.approvals")]
    [DataRow("wwwroot/node_modules/x/A.approvals")]
    [DataRow(".git/A.approvals")]
    [DataRow("Migrations/A.approvals.txt")]
    public void Not_in_build_outputs_packages_and_hidden_folders(string file) => Assert.IsEmpty(Find(file));

    [TestMethod]
    [DataRow("Lib/Lib.csproj")]
    [DataRow("Lib/Lib.fsproj")]
    public void Another_projects_files_are_its_own(string project)
    {
        _folder.Write(project, "<Project />").Write("App.csproj", "<Project />");

        CollectionAssert.AreEqual(
            new[] { "Migrations/A.approvals" }, Find("Lib/A.approvals", "Lib/Migrations/A.approvals", "Migrations/A.approvals"));
    }

    [TestMethod]
    public void A_contexts_folder_counts_wherever_it_is()
    {
        _folder.Write("Lib/Lib.csproj", "<Project />")
            .Write("Lib/Migrations/A.approvals", "")
            .Write("Lib/Migrations/Below/B.approvals", "");

        CollectionAssert.AreEqual(
            new[] { _folder["Lib/Migrations/A.approvals"] },
            ApprovalsSearch.Of([_folder.Path], [_folder["Lib/Migrations"], _folder["Lib/Migrations"], _folder["nowhere"]]).Files.ToArray());
    }

    [TestMethod]
    public void A_link_isnt_followed()
    {
        _folder.Write("Migrations/A.approvals", "");
        Directory.CreateSymbolicLink(_folder["Migrations/Up"], _folder.Path);

        CollectionAssert.AreEqual(new[] { "Migrations/A.approvals" }, Find());
    }

    [TestMethod]
    [DataRow("App/A.approvals")]
    [DataRow("App/Data/Deep/A.approvals")]
    [DataRow("App/New/A.approvals")]
    [DataRow("App/Lib/A.approvals")]
    [DataRow("Context/A.approvals")]
    [DataRow("nowhere/A.approvals")]
    public void A_folder_has_changed_if_another_search_may_find_more(string file)
    {
        _folder.Write("App/Data/Deep/A.cs", "").Write("App/Lib/Lib.csproj", "").Write("Context/A.cs", "");
        var search = ApprovalsSearch.Of([_folder["App"]], [_folder["Context"], _folder["nowhere"]]);
        Assert.DoesNotContain(folder => folder.HasChanged, search.Folders);

        _folder.Write(file, "");

        Assert.Contains(folder => folder.HasChanged, search.Folders);
    }

    private string[] Find(params string[] files)
    {
        foreach (var file in files)
            _folder.Write(file, "");
        return [.. ApprovalsSearch.Of([_folder.Path], []).Files.Select(path => Path.GetRelativePath(_folder.Path, path))];
    }
}
