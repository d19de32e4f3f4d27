using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationsBuild.Benchmarks;

/// <summary>MSBuild's own account of a build's time: the lines that <c>-clp:PerformanceSummary</c> adds to the output.</summary>
internal static partial class PerformanceSummary
{
    /// <summary>The time of our targets, on all nodes together.</summary>
    /// <param name="output">The output of a build with <c>-clp:PerformanceSummary</c>.</param>
    public static int OurMilliseconds(string output) =>
        OurTargets().Matches(Targets().Match(output).Groups["rows"].Value)
            .Sum(match => int.Parse(match.Groups["ms"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex("Target Performance Summary:(?<rows>.*?)Task Performance Summary", RegexOptions.Singleline)]
    private static partial Regex Targets();

    [GeneratedRegex(@"(?<ms>\d+) ms\s+(_MigrationsBuild|MigrationsCheck)")]
    private static partial Regex OurTargets();
}
