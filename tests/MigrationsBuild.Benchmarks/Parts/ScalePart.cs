using MigrationsBuild.Testing;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Benchmarks.Parts;

/// <summary>
/// The verbs that look at all migrations, with 201 and with 1,001 of them, on the same model: their time must not grow faster than the
/// number.
/// </summary>
internal static class ScalePart
{
    /// <summary>Measures.</summary>
    public static void Run(BenchmarkRun benchmark)
    {
        using var small = new LargeProject(entities: 20, ModelChange.AlteredTitles(20, 10));
        using var large = new LargeProject(entities: 20, ModelChange.AlteredTitles(20, 50));
        foreach (var project in new[] { small, large })
            project.Project.Folder.Replace("App.csproj", "<Nullable>", "<DbCompileDesigners>newest</DbCompileDesigners><Nullable>");
        using var database = new BenchmarkDatabase();
        void Compare(string what, Verb verb, Action<LargeProject> prepare)
        {
            Contender Of(LargeProject project, Action<LargeProject> prepare, params string[] arguments) => new(
                $"{project.Count} migrations",
                project.Folder,
                [Dotnet.Path, "build", "App.csproj", "--no-restore", "-tl:off", .. arguments],
                database.Environment,
                () => prepare(project));
            var target = "-t:" + verb.Target;
            var measured = Measurement.Of(
                1, Of(large, prepare, target), Of(large, _ => { }), Of(small, prepare, target), Of(small, _ => { }));
            benchmark.Report.AddGrowth(
                what, measured[0].Without(measured[1]), measured[2].Without(measured[3]), (double)large.Count / small.Count, atMost: 1.2);
        }

        Compare("Adoption (DbApprove)", VerbTable.Approve, Forget);
        Compare("DbCheck", VerbTable.Check, _ => { });
        Compare("DbScript", VerbTable.Script, _ => { });
        Compare("DbMigrate into an empty database", VerbTable.Migrate, _ => database.Recreate());
    }

    /// <summary>Deletes what an adoption writes.</summary>
    private static void Forget(LargeProject project)
    {
        var folder = project.Project.Folder["Migrations"];
        foreach (var path in Directory.GetFiles(folder, "*.sql").Concat(Directory.GetFiles(folder, "*.approvals")))
            File.Delete(path);
        foreach (var path in Directory.GetDirectories(project.Project.Folder["obj"], "MigrationsBuild", SearchOption.AllDirectories))
            Directory.Delete(path, recursive: true);
    }
}
