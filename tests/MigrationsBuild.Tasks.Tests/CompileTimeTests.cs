using MigrationsBuild.Tasks.BuildTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>The suggestion to compile only the newest Designer files.</summary>
[TestClass]
public class CompileTimeTests
{
    [TestMethod]
    public void It_is_made_once_with_the_seconds_that_it_saves()
    {
        using var project = Slow();

        Assert.AreEqual(
            "MIG1026: The compiler took 41 s, and 50 % of the source text are old Designer files. "
            + "<DbCompileDesigners>newest</DbCompileDesigners> would save about 20 s whenever the project is compiled.",
            Suggestion(project));
        Assert.IsNull(Suggestion(project));
    }

    [TestMethod]
    [DataRow("CompileTicks", "50000000", DisplayName = "a short compilation")]
    [DataRow("CompileTicks", "", DisplayName = "no compilation")]
    [DataRow("DbStrict", "true", DisplayName = "a strict build")]
    [DataRow("DbCompileDesigners", "newest", DisplayName = "the setting")]
    [DataRow("NoWarn", "MIG1026", DisplayName = "silenced")]
    public void It_isnt_made_with(string name, string value)
    {
        using var project = Slow();
        project.Metadata[name] = value;

        Assert.IsNull(Suggestion(project));
    }

    [TestMethod]
    public void It_isnt_made_if_the_old_files_are_a_small_part()
    {
        using var project = Slow();
        project.Folder.Write("Program.cs", new string('/', 100_000));

        Assert.IsNull(Suggestion(project));
    }

    private static string? Suggestion(TaskHarness project)
    {
        Assert.IsTrue(project.Execute(new CheckMigrations()));
        return project.Engine.Messages.Select(message => message.Message!)
            .SingleOrDefault(text => text.StartsWith("MIG1026", StringComparison.Ordinal));
    }

    /// <summary>A project that took 41 seconds to compile. Two of its four Designer files can be left out.</summary>
    private static TaskHarness Slow()
    {
        var project = new TaskHarness().Answers();
        for (var number = 1; number <= 4; number++)
        {
            project.Folder.Write($"Migrations/2026010{number}000000_M.cs", "");
            project.Folder.Write($"Migrations/2026010{number}000000_M.Designer.cs", $$"""
                namespace App.Migrations
                {
                    [DbContext(typeof(ShopContext))]
                    [Migration("2026010{{number}}000000_M")]
                    partial class M
                    {
                        protected override void BuildTargetModel(ModelBuilder modelBuilder)
                        {
                            modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
                            NpgsqlModelBuilderExtensions.UseIdentityByDefaultColumns(modelBuilder);
                        }
                    }
                }
                """);
        }

        project.Folder.Write("Program.cs", "");
        project.Metadata["CompileTicks"] = "410000000";
        project.Metadata["CompiledFiles"] = string.Join(
            ";", Directory.GetFiles(project.Folder["Migrations"]).Append(project.Folder["Program.cs"]));
        return project;
    }
}
