using System.Text;
using MigrationsBuild.Files;
using MigrationsBuild.Review;

namespace MigrationsBuild.Merging;

/// <summary>
/// The three-way merge of a model snapshot or an approvals file, as a merge driver of git needs it. It knows the structure of these files:
/// additions of both branches at the same line are no conflict, and each gets the position that EF Core or an approval would give it.
/// </summary>
/// <param name="Content">The merged file, with git's markers around each conflict.</param>
/// <param name="HasConflicts">Whether there is a conflict.</param>
public sealed record FileMerge(byte[] Content, bool HasConflicts)
{
    /// <summary>Merges two versions of a file.</summary>
    /// <param name="before">The version from which both branches began; empty if both have created the file.</param>
    /// <param name="ours">The version of the own branch.</param>
    /// <param name="theirs">The version of the other branch.</param>
    /// <param name="path">The name or path of the file.</param>
    /// <param name="markerSize">The number of characters of a conflict marker.</param>
    /// <returns>
    /// The result; <see langword="null"/> if one of the versions isn't as EF Core or MigrationsBuild writes it, or the versions have
    /// statements in different orders. Then only a merge by lines is possible.
    /// </returns>
    public static FileMerge? Merge(byte[] before, byte[] ours, byte[] theirs, string path, int markerSize)
    {
        var versions = new[] { before, ours, theirs }.Select(FileVersion.Read).ToArray();
        if (Array.IndexOf(versions, null) >= 0)
            return null;
        var (old, own, other) = (versions[0]!, versions[1]!, versions[2]!);
        var merge = new PartsMerge(markerSize);
        var text = path.EndsWith(ApprovalsFile.Extension, StringComparison.OrdinalIgnoreCase)
            ? ApprovalsMerge.Merge(old.Text, own.Text, other.Text, merge)
            : SnapshotFile.Merge(old.Text, own.Text, other.Text, merge);
        return text is not null && PartsMerge.Pick(old.Form, own.Form, other.Form) is { } form
            ? new FileMerge(form.Encode(text), merge.HasConflicts)
            : null;
    }

    /// <summary>A version of the file.</summary>
    /// <param name="Text">The text, with <c>\n</c> as line end.</param>
    private sealed record FileVersion(string Text, TextForm Form)
    {
        /// <summary>Reads a version; <see langword="null"/> if it isn't UTF-8, or its line ends differ.</summary>
        public static FileVersion? Read(byte[] content)
        {
            try
            {
                var text = SourceText.Utf8.GetString(content);
                var form = new TextForm(text.Length > 0 && text[0] == '\uFEFF', text.Contains("\r\n"));
                var version = new FileVersion(SourceText.Normalize(form.HasByteOrderMark ? text.Substring(1) : text), form);
                return form.Encode(version.Text).SequenceEqual(content) ? version : null;
            }
            catch (DecoderFallbackException)
            {
                return null;
            }
        }
    }

    /// <summary>How a text is written.</summary>
    /// <param name="HasByteOrderMark">Whether it begins with a byte order mark.</param>
    /// <param name="IsWindows">Whether its lines end with <c>\r\n</c>.</param>
    private sealed record TextForm(bool HasByteOrderMark, bool IsWindows)
    {
        public byte[] Encode(string text) =>
            SourceText.Utf8.GetBytes((HasByteOrderMark ? "\uFEFF" : "") + (IsWindows ? text.Replace("\n", "\r\n") : text));
    }
}
