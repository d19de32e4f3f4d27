using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;

namespace MigrationsBuild.Merging;

/// <summary>Merges two versions of an approvals file line by line: each line has the approval of one migration.</summary>
internal static class ApprovalsMerge
{
    private static readonly Regex _line = new(@"\A(?:\# (?<header>\w+):|(?<id>[^\s#]+) (?<replaces>replaces\b)?)");

    /// <summary>Merges the texts.</summary>
    /// <returns>The text; <see langword="null"/> if one of the texts, or the result, isn't an approvals file.</returns>
    public static string? Merge(string before, string ours, string theirs, PartsMerge merge)
    {
        // A file that both sides have created.
        var versions = new[] { before, ours, theirs };
        if (!Array.TrueForAll(versions, version => (version.Length == 0 && version == before) || IsReadable(version)))
            return null;
        var lines = Array.ConvertAll(versions, Lines);
        if (lines.Contains(null) || merge.Merge(lines[0]!, lines[1]!, lines[2]!) is not { } merged)
            return null;
        var text = string.Concat(merged.Select(line => line.Text + "\n"));
        return merge.HasConflicts || IsReadable(text) ? text : null;
    }

    private static IReadOnlyList<MergePart>? Lines(string text)
    {
        var lines = text.Split('\n').Where(line => line.Length > 0).Select(ToPart).ToList();
        var isExact = text == string.Concat(lines.Select(line => line.Text + "\n"));
        return isExact && lines.Select(line => line.Key).Distinct().Count() == lines.Count ? lines : null;
    }

    private static MergePart ToPart(string line)
    {
        var match = _line.Match(line);
        var (header, id, replaces) = (match.Groups["header"].Value, match.Groups["id"].Value, match.Groups["replaces"].Value);
        var key = header.Length > 0 ? header : id.Length > 0 ? $"{id.ToUpperInvariant()} {replaces}" : line;
        // The line with the migrations that a migration replaces follows that of its approval.
        return new MergePart(key, new MergeOrder(0, 0, id.Length > 0 ? [id, replaces] : []), line) { Run = "" };
    }

    private static bool IsReadable(string text)
    {
        try
        {
            ApprovalsFile.Parse(text, "");
            return true;
        }
        catch (MigrationsException)
        {
            return false;
        }
    }
}
