using MigrationsBuild.Tasks.Compiling;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Tasks.Tests;

[TestClass]
public class ModelsAssembliesTests
{
    [TestMethod]
    public void An_assembly_gets_the_models_that_the_compiler_has_memory_for_and_at_least_one()
    {
        using var project = new TestFolder("models");
        using var output = new TestFolder("assembly");
        string[] designers = [Designer("First", 9), Designer("Second", 6), Designer("Third", 2), Designer("Fourth", 20)];

        string[] NamesFrom(int skipped) =>
            [.. ModelsAssemblies.Write(designers.Skip(skipped), output.Path).Select(path => File.ReadAllText(path).Split(' ')[2])];
        CollectionAssert.AreEqual(new[] { "First", "Second" }, NamesFrom(0));
        CollectionAssert.AreEqual(new[] { "Third" }, NamesFrom(2));
        CollectionAssert.AreEqual(new[] { "Fourth" }, NamesFrom(3));

        string Designer(string name, int megabytes)
        {
            project.Write($"{name}.Designer.cs", $$"""
                [DbContext(typeof(Shop))]
                [Migration("20260101000000_{{name}}")]
                partial class {{name}}
                {
                    protected override void BuildTargetModel(ModelBuilder modelBuilder)
                    {
                        modelBuilder.HasAnnotation("ProductVersion", "10.0.0");
                        // {{new string('-', megabytes * 1_000_000)}}
                    }
                }
                """);
            return project[$"{name}.Designer.cs"];
        }
    }
}
