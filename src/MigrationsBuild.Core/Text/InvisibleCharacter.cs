using System.Globalization;

namespace MigrationsBuild.Text;

/// <summary>A character that a reader of the text can't see.</summary>
/// <param name="Offset">Its offset in the text, in UTF-16 units.</param>
/// <param name="CodePoint">Its code point.</param>
internal sealed record InvisibleCharacter(int Offset, int CodePoint)
{
    /// <summary>The character in words: <c>U+202E, a bidirectional control</c>.</summary>
    public override string ToString() => Name(CodePoint) + ", " + CodePoint switch
    {
        _ when InvisibleCharacters.IsControl(CodePoint) => "a control character",
        _ when InvisibleCharacters.IsUnpaired(CodePoint) => "half of a surrogate pair",
        _ when InvisibleCharacters.IsBidirectional(CodePoint) => "a bidirectional control",
        _ => "an invisible character",
    };

    private static string Name(int codePoint) => "U+" + codePoint.ToString("X4", CultureInfo.InvariantCulture);
}
