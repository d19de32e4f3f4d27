using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Benchmarks;

/// <summary>A process that is measured.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Folder">The current directory.</param>
/// <param name="Command">Program and arguments.</param>
/// <param name="Environment">Additional environment variables.</param>
/// <param name="Prepare">Called before each run, and not measured.</param>
/// <param name="Input">The standard input.</param>
internal sealed record Contender(
    string Name,
    string Folder,
    string[] Command,
    Dictionary<string, string?>? Environment = null,
    Action? Prepare = null,
    string Input = "");

/// <summary>The runs of a contender.</summary>
/// <param name="Name">The contender.</param>
/// <param name="Seconds">Wall time of the whole process, one for each run.</param>
/// <param name="Megabytes">Peak memory of its largest process, one for each run.</param>
internal sealed record Measurement(string Name, IReadOnlyList<double> Seconds, IReadOnlyList<double> Megabytes)
{
    /// <summary>Why the contender couldn't run; <see langword="null"/> if it could.</summary>
    [JsonIgnore]
    public InvalidOperationException? Failure { get; init; }

    public double MedianSeconds => Median(Seconds);

    public double MedianMegabytes => Median(Megabytes);

    /// <summary>What is left of its time without that of another one, which does a part of its work.</summary>
    /// <param name="part">The part.</param>
    public Measurement Without(Measurement part) => this with
    {
        Seconds = [.. Seconds.Select(seconds => seconds - part.MedianSeconds)],
        Failure = Failure ?? part.Failure,
    };

    /// <summary>Measures contenders in turn, so that a slow moment of the machine affects all of them.</summary>
    /// <param name="runs">The number of runs, after one that doesn't count.</param>
    /// <param name="contenders">The contenders. One that fails doesn't run again.</param>
    public static IReadOnlyList<Measurement> Of(int runs, params Contender[] contenders)
    {
        var results = contenders.Select(contender => new Measurement(contender.Name, new List<double>(), new List<double>())).ToArray();
        for (var run = 0; run <= runs; run++)
        {
            for (var i = 0; i < contenders.Length; i++)
            {
                if (results[i].Failure is null)
                    results[i] = Measure(contenders[i], results[i], counts: run > 0);
            }
        }

        return results;
    }

    /// <summary>Measures a single run, which counts although it is the first one.</summary>
    public static Measurement Once(Contender contender) => Measure(contender, new Measurement(contender.Name, [], []), counts: true);

    private static Measurement Measure(Contender contender, Measurement before, bool counts)
    {
        try
        {
            contender.Prepare?.Invoke();
            var (seconds, megabytes) = Run(contender);
            return counts
                ? before with { Seconds = [.. before.Seconds, seconds], Megabytes = [.. before.Megabytes, megabytes] }
                : before;
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception)
        {
            return before with { Failure = new InvalidOperationException(failure.Message, failure) };
        }
    }

    private static (double Seconds, double Megabytes) Run(Contender contender)
    {
        // GNU time reports the peak memory of a process and its children.
        var report = Path.GetTempFileName();
        string[] command = File.Exists("/usr/bin/time")
            ? ["/usr/bin/time", "-o", report, "-f", "%M", .. contender.Command]
            : contender.Command;
        // The tests have settings that users don't have.
        var environment = new Dictionary<string, string?>(contender.Environment ?? [])
        {
            ["DOTNET_TieredPGO"] = null,
            ["DOTNET_TC_CallCountingDelayMs"] = null,
        };
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
        if (sorted.Count == 0)
            return double.NaN;
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
