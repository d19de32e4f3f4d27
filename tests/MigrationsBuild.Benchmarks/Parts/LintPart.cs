using MigrationsBuild.Testing;

namespace MigrationsBuild.Benchmarks.Parts;

/// <summary>What the lint costs: a worker that answers for a draft, with the tables that the lint needs and without them.</summary>
internal static class LintPart
{
    public static void Run(BenchmarkRun benchmark)
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql);
        project.Folder.Replace("Models/User.cs", "\n}", "\n\n    public string? Avatar { get; set; }\n}");
        BenchmarkRun.Check(project.Build("-t:DbRevision"));
        var command = RecordedInput.WorkerCommand(project);
        Contender Worker(string name, string lint)
        {
            project.Folder.Replace("Program.cs", ";", "; ");
            var input = RecordedInput.OfWorker(project, $"-p:DbLint={lint}");
            return new(name, project.Folder.Path, command, new() { ["DOTNET_GCgen0size"] = "400000" }, Input: input);
        }

        var measurements = Measurement.Of(benchmark.Runs, Worker("with lint", "warning"), Worker("without", "off"));
        benchmark.Report.AddRatio("Worker with a draft: the lint", measurements[0], measurements[1], atMost: 1.05);
    }
}
