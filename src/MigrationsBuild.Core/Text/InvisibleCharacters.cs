
namespace MigrationsBuild.Text;

/// <summary>The characters that a terminal or a review tool doesn't show, or that change how the text around them is shown.</summary>
/// <remarks>
/// This is a table, because the results of <see cref="System.Globalization.CharUnicodeInfo"/> differ between the .NET of the command line
/// and that of Visual Studio. It contains Unicode's category Cf, its property Default_Ignorable_Code_Point, the line and paragraph
/// separators, and the blank Braille pattern.
/// </remarks>
internal static class InvisibleCharacters
{
    private static readonly (int First, int Last)[] _ranges =
    [
        (0x00AD, 0x00AD), (0x034F, 0x034F), (0x0600, 0x0605), (0x061C, 0x061C), (0x06DD, 0x06DD), (0x070F, 0x070F), (0x0890, 0x0891),
        (0x08E2, 0x08E2), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F),
        (0x2800, 0x2800), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0x110BD, 0x110BD),
        (0x110CD, 0x110CD), (0x13430, 0x1343F), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    ];

    /// <summary>Whether it is a control character (C0, DEL or C1), except line ends and tabs.</summary>
    public static bool IsControl(int codePoint) => codePoint is (< 0x20 and not ('\n' or '\t')) or (>= 0x7F and < 0xA0);

    /// <summary>Whether it is half of a surrogate pair, which no UTF-8 text can contain.</summary>
    /// <param name="codePoint">A code point as <see cref="At"/> gives it.</param>
    public static bool IsUnpaired(int codePoint) => codePoint is >= 0xD800 and <= 0xDFFF;

    /// <summary>Whether it can't be seen, or changes the order in which the characters around it are shown.</summary>
    public static bool IsInvisible(int codePoint)
    {
        if (codePoint < _ranges[0].First)
            return false;
        foreach (var (first, last) in _ranges)
        {
            if (codePoint <= last)
                return codePoint >= first;
        }

        return false;
    }

    /// <summary>Whether it changes the order in which the characters around it are shown.</summary>
    public static bool IsBidirectional(int codePoint) =>
        codePoint is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    /// <summary>The code point at an offset; if it is half of a surrogate pair, that half.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="offset">An offset in UTF-16 units.</param>
    public static int At(string text, int offset) => char.IsHighSurrogate(text[offset]) && offset + 1 < text.Length
        && char.IsLowSurrogate(text[offset + 1]) ? char.ConvertToUtf32(text[offset], text[offset + 1]) : text[offset];
}
