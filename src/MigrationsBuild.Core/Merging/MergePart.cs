using System.Text;

namespace MigrationsBuild.Merging;

/// <summary>A part of a file that is merged as a whole: a line, or a statement.</summary>
/// <param name="Key">Tells the parts of a list apart, and is the same in all versions of the file.</param>
/// <param name="Order">The position among new parts.</param>
/// <param name="Text">The text, without the indentation of its first line.</param>
internal sealed record MergePart(string Key, MergeOrder Order, string Text)
{
    /// <summary>The statements of its block, which are merged one by one.</summary>
    public MergeBlock? Block { get; init; }

    /// <summary>Whether the part is only there for the statements of its block: without any, it is removed.</summary>
    public bool IsGroup { get; init; }

    /// <summary>
    /// The name of a run of parts, between which there is no empty line; <see langword="null"/> for a part with an empty line around it.
    /// </summary>
    public string? Run { get; init; }
}

/// <summary>A text that contains a list of parts, with empty lines between them.</summary>
/// <param name="Head">The text before the parts.</param>
/// <param name="Parts">The parts.</param>
/// <param name="Indentation">The indentation of each part.</param>
/// <param name="Tail">The text after the parts.</param>
internal sealed record MergeBlock(string Head, IReadOnlyList<MergePart> Parts, string Indentation, string Tail)
{
    /// <summary>The text of the whole.</summary>
    public string Text => With(Parts.Select(part => new MergedPart(Indentation + part.Text, part.Run)));

    /// <summary>The text with other parts.</summary>
    public string With(IEnumerable<MergedPart> parts) => $"{Head}\n{MergedPart.Join(parts)}\n{Tail}";
}

/// <summary>The result of merging a part.</summary>
/// <param name="Text">The text, with the indentation of its first line.</param>
/// <param name="Run">See <see cref="MergePart.Run"/>.</param>
internal sealed record MergedPart(string Text, string? Run)
{
    /// <summary>The text of several parts.</summary>
    public static string Join(IEnumerable<MergedPart> parts)
    {
        var text = new StringBuilder();
        MergedPart? last = null;
        foreach (var part in parts)
        {
            if (last is not null)
                text.Append(last.Run is not null && last.Run == part.Run ? "\n" : "\n\n");
            text.Append(part.Text);
            last = part;
        }

        return text.ToString();
    }
}
