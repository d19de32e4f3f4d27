using System.Globalization;
using System.Text;

namespace MigrationsBuild.Text;

/// <summary>
/// Finds characters that a reviewer can't see: control characters, which end a comment or move the cursor of a terminal; bidirectional
/// controls, which show code in another order than that of its execution ("Trojan Source", CVE-2021-42574); and characters without a glyph.
/// </summary>
public static class InvisibleText
{
    /// <summary>The first of these characters. Line ends and tabs are allowed.</summary>
    internal static InvisibleCharacter? Find(string text) => Find(text, 0, text.Length);

    /// <summary>The text with an escape in place of each of these characters.</summary>
    public static string Escape(string text)
    {
        if (Find(text) is not { Offset: var position })
            return text;
        var escaped = new StringBuilder(text, 0, position, text.Length * 2);
        while (position < text.Length)
        {
            var codePoint = InvisibleCharacters.At(text, position);
            if (!IsRefused(codePoint))
                escaped.Append(text, position, Width(codePoint));
            else if (codePoint > 0xFFFF)
                escaped.Append(@"\U").Append(codePoint.ToString("X8", CultureInfo.InvariantCulture));
            else
                escaped.Append(@"\u").Append(codePoint.ToString("X4", CultureInfo.InvariantCulture));
            position += Width(codePoint);
        }

        return escaped.ToString();
    }

    internal static InvisibleCharacter? Find(string text, int start, int end)
    {
        for (var position = start; position < end; position++)
        {
            // A single comparison for the visible characters of ASCII.
            if (text[position] is >= ' ' and < '\u007F')
                continue;
            var codePoint = InvisibleCharacters.At(text, position);
            if (IsRefused(codePoint))
                return new InvisibleCharacter(position, codePoint);
            position += Width(codePoint) - 1;
        }

        return null;
    }

    internal static InvisibleCharacter? FindInData(string text, int start, int end)
    {
        var line = new BidirectionalLine();
        for (var position = start; position < end; position++)
        {
            var codePoint = InvisibleCharacters.At(text, position);
            if (InvisibleCharacters.IsControl(codePoint) || InvisibleCharacters.IsUnpaired(codePoint))
                return line.Unclosed ?? new InvisibleCharacter(position, codePoint);
            if (codePoint == '\n' && line.Unclosed is { } unclosed)
                return unclosed;
            line.Follow(codePoint, position);
            position += Width(codePoint) - 1;
        }

        return line.Unclosed;
    }

    private static bool IsRefused(int codePoint) => InvisibleCharacters.IsControl(codePoint)
        || InvisibleCharacters.IsUnpaired(codePoint) || InvisibleCharacters.IsInvisible(codePoint);

    private static int Width(int codePoint) => codePoint > 0xFFFF ? 2 : 1;

    /// <summary>The embeddings, overrides and isolates that are open in a line.</summary>
    /// <remarks>
    /// Unicode Standard Annex #9: PDF closes the innermost embedding or override, PDI closes an isolate with everything in it.
    /// </remarks>
    private sealed class BidirectionalLine
    {
        private readonly Stack<InvisibleCharacter> _open = new();

        /// <summary>The first one that is open.</summary>
        public InvisibleCharacter? Unclosed => _open.LastOrDefault();

        public void Follow(int codePoint, int offset)
        {
            switch (codePoint)
            {
                case 0x202A or 0x202B or 0x202D or 0x202E or 0x2066 or 0x2067 or 0x2068:
                    _open.Push(new InvisibleCharacter(offset, codePoint));
                    break;
                case 0x202C when _open.Count > 0 && !IsIsolate(_open.Peek()):
                    _open.Pop();
                    break;
                case 0x2069 when _open.Any(IsIsolate):
                    while (!IsIsolate(_open.Pop()))
                    {
                    }

                    break;
                default:
                    break;
            }
        }

        private static bool IsIsolate(InvisibleCharacter character) => character.CodePoint >= 0x2066;
    }
}
