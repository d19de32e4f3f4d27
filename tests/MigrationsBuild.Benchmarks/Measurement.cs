using System.Diagnostics;
using System.Globalization;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Benchmarks;

/// <summary>A way to do something: a process, and what has to be put right before each run of it.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Folder">The current directory.</param>
/// <param name="Command">Program and arguments.</param>
/// <param name="Environment">Environment variables for it alone.</param>
/// <param name="Prepare">Is called before each run, outside of what is measured.</param>
/// <param name="Input">What it reads on standard input.</param>
internal sealed record Contender(
    string Name,
    string Folder,
    string[] Command,
    Dictionary<string, string?>? Environment = null,
    Action? Prepare = null,
    string Input = "");

/// <summary>What some runs of a contender took.</summary>
/// <param name="Name">The contender.</param>
/// <param name="Seconds">Wall time of the whole process, a run each.</param>
/// <param name="Megabytes">Peak memory of its largest process, a run each.</param>
internal sealed record Measurement(string Name, IReadOnlyList<double> Seconds, IReadOnlyList<double> Megabytes)
{
    public double MedianSeconds => Median(Seconds);

    public double MedianMegabytes => Median(Megabytes);

    /// <summary>Measures contenders in turn, so that a slow moment of the machine meets them all.</summary>
    /// <param name="runs">How often, after one run that doesn't count.</param>
    /// <param name="contenders">The contenders.</param>
    public static IReadOnlyList<Measurement> Of(int runs, params Contender[] contenders)
    {
        var results = contenders.ToDictionary(contender => contender, _ => (Seconds: new List<double>(), Megabytes: new List<double>()));
        for (var run = 0; run <= runs; run++)
        {
            foreach (var contender in contenders)
            {
                contender.Prepare?.Invoke();
                var (seconds, megabytes) = Run(contender);
                if (run == 0)
                    continue;
                results[contender].Seconds.Add(seconds);
                results[contender].Megabytes.Add(megabytes);
            }
        }

        return [.. contenders.Select(contender => new Measurement(contender.Name, results[contender].Seconds, results[contender].Megabytes))];
    }

    private static (double Seconds, double Megabytes) Run(Contender contender)
    {
        // GNU time tells the peak memory of a process and its children.
        var report = Path.GetTempFileName();
        string[] command = File.Exists("/usr/bin/time") ? ["/usr/bin/time", "-o", report, "-f", "%M", .. contender.Command] : contender.Command;
        // What makes the processes of tests faster than users' isn't measured.
        var environment = new Dictionary<string, string?>(contender.Environment ?? []) { ["DOTNET_TieredPGO"] = null };
        var stopwatch = Stopwatch.StartNew();
        var result = CommandLine.Run(contender.Folder, command[0], command[1..], environment, contender.Input);
        var seconds = stopwatch.Elapsed.TotalSeconds;
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"{contender.Name}: {result}");
        var kilobytes = File.ReadAllText(report).Trim();
        File.Delete(report);
        return (seconds, kilobytes.Length == 0 ? double.NaN : double.Parse(kilobytes, CultureInfo.InvariantCulture) / 1024);
    }

    private static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
