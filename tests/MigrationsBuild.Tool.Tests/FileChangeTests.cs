using MigrationsBuild.Testing;
using MigrationsBuild.Tool.Setup;

namespace MigrationsBuild.Tool.Tests;

[TestClass]
public class FileChangeTests
{
    [TestMethod]
    public void Git_restores_only_files_that_it_has_and_paths_with_spaces_are_quoted()
    {
        var folder = Environment.CurrentDirectory;
        FileChange[] changes =
        [
            new(Path.Combine(folder, "a b.txt"), "changed") { IsRestorable = true },
            new(Path.Combine(folder, "c.txt"), "changed") { IsRestorable = true, Reverse = "delete c.txt" },
            new(Path.Combine(folder, "d.txt"), "changed") { Reverse = "delete d.txt" },
        ];

        CollectionAssert.AreEqual(new[] { "git restore \"a b.txt\" c.txt", "delete d.txt" }, FileChange.Undo(changes).ToArray());
    }

    [TestMethod]
    public void The_undo_of_a_project_file_names_the_packages_whose_addition_has_changed_it()
    {
        using var folder = new TestFolder("My App");
        folder.Write("App.csproj", "<Project />");
        var file = new PackagesFile(folder["App.csproj"], git: null);

        file.Note(("Unchanged", "1.0.0"));
        Assert.IsNull(file.Change);
        folder.Write("App.csproj", "<Project><A /></Project>");
        file.Note(("A", "1.0.0"));
        file.Note(("Failed", "1.0.0"));
        folder.Write("App.csproj", "<Project><A /><B /></Project>");
        file.Note(("B", "2.0.0"));

        Assert.AreEqual("added A 1.0.0 and B 2.0.0", file.Change!.What);
        var path = $"\"{FileChange.Relative(folder["App.csproj"])}\"";
        CollectionAssert.AreEqual(
            new[] { $"dotnet remove {path} package A && dotnet remove {path} package B" }, FileChange.Undo([file.Change]).ToArray());
    }
}
