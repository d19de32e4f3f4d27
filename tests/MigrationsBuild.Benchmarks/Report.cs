using System.Text.Json;
using System.Text.Json.Serialization;

namespace MigrationsBuild.Benchmarks;

/// <summary>The table of all benchmarks. Each row is printed when it is added.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions _json =
        new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly List<Row> _rows = [];

    /// <summary>Whether a part or a contender couldn't run.</summary>
    public bool HasFailures { get; private set; }

    public void Add(string what, string figure, bool isMet) => Add(new Row(what, figure, isMet ? "yes" : "no", null, null));

    /// <summary>Adds the reason why something couldn't be measured.</summary>
    public void AddFailure(string what, Exception failure)
    {
        HasFailures = true;
        Console.Error.WriteLine(failure.Message);
        Add(new Row(what, $"not measured: {failure.Message.Split('\n')[0]}", "", null, null));
    }

    /// <summary>Adds a row with a time and a memory use that have no limits.</summary>
    public void Add(string what, Measurement measured)
    {
        if (Missing(what, measured))
            return;
        var figure = FormattableString.Invariant($"{measured.MedianSeconds:0.0} s, {measured.MedianMegabytes:0} MB");
        Add(new Row(what, figure, "", measured, null));
    }

    /// <summary>Compares the time of ours with a peer's.</summary>
    public void AddRatio(string what, Measurement ours, Measurement peer, double atMost)
    {
        if (Missing(what, ours, peer))
            return;
        var ratio = ours.MedianSeconds / peer.MedianSeconds;
        var figure = FormattableString.Invariant(
            $"{ours.Name} {ours.MedianSeconds:0.00} s, {peer.Name} {peer.MedianSeconds:0.00} s: ratio {ratio:0.00} (at most {atMost})");
        Add(new Row(what, figure, ratio <= atMost ? "yes" : "no", ours, peer));
    }

    /// <summary>Compares the time of a verb, without the build, and its memory in a large project with those in a small one.</summary>
    /// <param name="what">What was measured.</param>
    /// <param name="large">The large project.</param>
    /// <param name="small">The small project.</param>
    /// <param name="times">How many times larger it is.</param>
    /// <param name="atMost">The limit for the growth of the time, divided by <paramref name="times"/>.</param>
    public void AddGrowth(string what, Measurement large, Measurement small, double times, double atMost)
    {
        if (Missing(what, large, small))
            return;
        var growth = large.MedianSeconds / small.MedianSeconds / times;
        var figure = FormattableString.Invariant(
            $"{small.Name} {small.MedianSeconds:0.0} s and {small.MedianMegabytes:0} MB, {large.Name} {large.MedianSeconds:0.0} s and ")
            + FormattableString.Invariant($"{large.MedianMegabytes:0} MB: {growth:0.00} times the share of each (at most {atMost})");
        Add(new Row(what, figure, growth <= atMost ? "yes" : "no", large, small));
    }

    /// <summary>Reports what ours adds to the time of a build without it.</summary>
    public void AddDifference(string what, Measurement with, Measurement without, double atMost)
    {
        if (Missing(what, with, without))
            return;
        var (difference, share) = (with.MedianSeconds - without.MedianSeconds, (with.MedianSeconds / without.MedianSeconds) - 1);
        var figure = FormattableString.Invariant(
            $"{without.MedianSeconds:0.00} s, with the package {with.MedianSeconds:0.00} s: ")
            + FormattableString.Invariant($"{difference * 1000:+0;-0} ms, {share * 100:+0;-0} % (at most {atMost * 1000:0} ms)");
        Add(new Row(what, figure, difference <= atMost ? "yes" : "no", with, without));
    }

    /// <summary>Compares the peak memory of ours with a peer's.</summary>
    public void AddMemory(string what, Measurement ours, Measurement peer)
    {
        if (Missing(what, ours, peer))
            return;
        var ratio = ours.MedianMegabytes / peer.MedianMegabytes;
        var figure = FormattableString.Invariant(
            $"{ours.Name} {ours.MedianMegabytes:0} MB, {peer.Name} {peer.MedianMegabytes:0} MB: ratio {ratio:0.00} (at most 1)");
        Add(new Row(what, figure, ratio <= 1 ? "yes" : "no", ours, peer));
    }

    /// <summary>Prints every single measurement on one line.</summary>
    public void PrintJson()
    {
        Console.WriteLine();
        Console.WriteLine(JsonSerializer.Serialize(_rows, _json));
    }

    private bool Missing(string what, params Measurement[] measurements)
    {
        foreach (var missing in measurements.Where(measurement => measurement.Failure is not null))
            AddFailure($"{what}: {missing.Name}", missing.Failure!);
        return measurements.Any(measurement => measurement.Failure is not null);
    }

    private void Add(Row row)
    {
        if (_rows.Count == 0)
            Console.WriteLine("| what | median | met |\n|---|---|---|");
        _rows.Add(row);
        Console.WriteLine($"| {row.What} | {row.Figure} | {row.Met} |");
    }

    private sealed record Row(string What, string Figure, string Met, Measurement? Ours, Measurement? Peer);
}
