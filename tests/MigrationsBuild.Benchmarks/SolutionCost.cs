using System.Globalization;
using System.Text.RegularExpressions;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Benchmarks;

/// <summary>What the package adds to the build of a solution of eight projects, against the same solution without it.</summary>
internal static class SolutionCost
{
    private static readonly string[] _build = ["build", "All.slnx", "--no-restore", "-tl:off"];

    /// <summary>Measures.</summary>
    /// <param name="runs">How often.</param>
    /// <param name="report">Where the figures go.</param>
    public static void Run(int runs, Report report)
    {
        using var with = MixedSolution.Create();
        with.RunOnAll("DbRevision", MixedSolution.WithMigrations, "Msg=initial").RunOnAll("DbApprove", MixedSolution.WithMigrations);
        using var without = MixedSolution.Create(hasTargets: false);
        foreach (var (file, text) in with.Folder.Sources().Where(file => file.Key.Contains("Migrations/", StringComparison.Ordinal) && file.Key.EndsWith(".cs", StringComparison.Ordinal)))
            without.Folder.Write(file, text);

        Measure("unchanged", runs, with, without, report, _ => { });
        var edit = 0;
        Measure("one entity edited, that two contexts have", runs, with, without, report, solution =>
            solution.Folder.Write(MixedSolution.Product, Regex.Replace(solution.Folder.Read(MixedSolution.Product), "\"a product.*\"", $"\"a product {edit++}\"")));
    }

    private static void Measure(string what, int runs, TestSolution with, TestSolution without, Report report, Action<TestSolution> prepare)
    {
        var measurements = Measurement.Of(
            runs,
            new Contender("with", with.Folder.Path, [Dotnet.Path, .. _build], Prepare: () => prepare(with)),
            new Contender("without", without.Folder.Path, [Dotnet.Path, .. _build], Prepare: () => prepare(without)));
        report.AddDifference($"Build of eight projects, {what}", measurements[0], measurements[1]);

        prepare(with);
        var result = with.Build("All.slnx", "-m", "-clp:PerformanceSummary");
        var targets = Regex.Match(result.Output, "Target Performance Summary:(?<rows>.*?)Task Performance Summary", RegexOptions.Singleline).Groups["rows"].Value;
        var own = Regex.Matches(targets, @"(?<ms>\d+) ms\s+(_MigrationsBuild|MigrationsCheck)").Sum(match => int.Parse(match.Groups["ms"].Value, CultureInfo.InvariantCulture));
        var starts = result.WorkerStarts;
        report.Add($"Build of eight projects, {what}: our targets together, on all nodes", $"{own} ms", true);
        report.Add($"Build of eight projects, {what}: workers started", $"{starts} (at most 4, one a context project)", starts <= 4);
    }
}
