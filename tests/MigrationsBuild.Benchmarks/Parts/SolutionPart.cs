using System.Text.RegularExpressions;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Benchmarks.Parts;

/// <summary>What the package adds to the build of a solution of eight projects, compared with the same solution without it.</summary>
internal static class SolutionPart
{
    private static readonly string[] _build = ["build", "All.slnx", "--no-restore", "-tl:off"];

    /// <summary>Measures.</summary>
    public static void Run(BenchmarkRun benchmark)
    {
        using var with = MixedSolution.Create();
        with.RunOnAll("DbRevision", MixedSolution.WithMigrations, "Msg=initial").RunOnAll("DbApprove", MixedSolution.WithMigrations);
        using var without = MixedSolution.Create(hasTargets: false);
        var migrations = with.Folder.Sources().Where(file =>
            file.Key.Contains("Migrations/", StringComparison.Ordinal) && file.Key.EndsWith(".cs", StringComparison.Ordinal));
        foreach (var (file, text) in migrations)
            without.Folder.Write(file, text);

        var edit = 0;
        void EditEntity(TestSolution solution) => solution.Folder.Write(
            MixedSolution.Product,
            Regex.Replace(solution.Folder.Read(MixedSolution.Product), "\"a product.*\"", $"\"a product {edit++}\""));
        void EditMethod(TestSolution solution) => solution.Folder.Write(
            "Domain/Prices.cs",
            $"namespace Domain;\n\npublic class Prices\n{{\n    public int Of(int count) => count * {edit++};\n}}\n");
        Measure(benchmark, "unchanged", with, without, _ => { }, atMost: 0.04, workers: 0);
        Measure(benchmark, "after an edit of a method that no model uses", with, without, EditMethod, atMost: 0.06, workers: 0);
        Measure(benchmark, "after an edit of an entity that two contexts have", with, without, EditEntity, atMost: 0.5, workers: 4);
    }

    private static void Measure(
        BenchmarkRun benchmark,
        string what,
        TestSolution with,
        TestSolution without,
        Action<TestSolution> prepare,
        double atMost,
        int workers)
    {
        var measurements = Measurement.Of(
            benchmark.Runs,
            new Contender("with the package", with.Folder.Path, [Dotnet.Path, .. _build], Prepare: () => prepare(with)),
            new Contender("without the package", without.Folder.Path, [Dotnet.Path, .. _build], Prepare: () => prepare(without)));
        benchmark.Report.AddDifference($"Build of eight projects, {what}", measurements[0], measurements[1], atMost);

        // The environment differs from the one above, and each counts. So the first build in it asks the workers.
        string[] summary = ["-m", "-clp:PerformanceSummary"];
        BenchmarkRun.Check(with.Build("All.slnx", summary));
        prepare(with);
        var result = with.Build("All.slnx", summary);
        var (own, starts) = (PerformanceSummary.OurMilliseconds(result.Output), result.WorkerStarts);
        benchmark.Report.Add($"Build of eight projects, {what}: our targets together, on all nodes", $"{own:0} ms", true);
        benchmark.Report.Add($"Build of eight projects, {what}: workers started", $"{starts} (at most {workers})", starts <= workers);
    }
}
