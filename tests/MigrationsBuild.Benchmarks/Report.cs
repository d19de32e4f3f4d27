using System.Text.Json;

namespace MigrationsBuild.Benchmarks;

/// <summary>The table of all benchmarks.</summary>
internal sealed class Report
{
    private readonly List<Row> _rows = [];

    public void Add(string what, string figure, bool isMet) => _rows.Add(new Row(what, figure, isMet, null, null));

    /// <summary>Compares the time of ours with a peer's.</summary>
    public void AddRatio(string what, Measurement ours, Measurement peer, double atMost)
    {
        var ratio = ours.MedianSeconds / peer.MedianSeconds;
        _rows.Add(new Row(what, FormattableString.Invariant($"{ours.Name} {ours.MedianSeconds:0.00} s, {peer.Name} {peer.MedianSeconds:0.00} s: ratio {ratio:0.00} (at most {atMost})"), ratio <= atMost, ours, peer));
    }

    /// <summary>Says what ours adds to what a build takes without it.</summary>
    public void AddDifference(string what, Measurement with, Measurement without) => _rows.Add(new Row(
        what,
        FormattableString.Invariant($"{without.MedianSeconds:0.00} s, with the package {with.MedianSeconds:0.00} s: {(with.MedianSeconds - without.MedianSeconds) * 1000:+0;-0} ms, {((with.MedianSeconds / without.MedianSeconds) - 1) * 100:+0;-0} %"),
        true, with, without));

    /// <summary>Compares the peak memory of ours with a peer's.</summary>
    public void AddMemory(string what, Measurement ours, Measurement peer) => _rows.Add(new Row(
        what,
        FormattableString.Invariant($"{ours.Name} {ours.MedianMegabytes:0} MB, {peer.Name} {peer.MedianMegabytes:0} MB: ratio {ours.MedianMegabytes / peer.MedianMegabytes:0.00} (at most 1)"),
        ours.MedianMegabytes <= peer.MedianMegabytes, ours, peer));

    /// <summary>Prints the table for people, then JSON on one line.</summary>
    public void Print()
    {
        Console.WriteLine("| what | median | met |");
        Console.WriteLine("|---|---|---|");
        foreach (var row in _rows)
            Console.WriteLine($"| {row.What} | {row.Figure} | {(row.IsMet ? "yes" : "no")} |");
        Console.WriteLine();
        Console.WriteLine(JsonSerializer.Serialize(_rows));
    }

    private sealed record Row(string What, string Figure, bool IsMet, Measurement? Ours, Measurement? Peer);
}
