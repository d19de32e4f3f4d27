using System.Globalization;

namespace MigrationsBuild.Files;

/// <summary>Tells one text from another. Not against forgery: a cryptographic hash would take longer to load than all else takes.</summary>
public static class Fingerprint
{
    /// <summary>FNV-1a in 64 bits, and the length.</summary>
    /// <param name="text">Any text.</param>
    public static string Of(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
            hash = unchecked((hash ^ c) * 1099511628211UL);
        return hash.ToString("x16", CultureInfo.InvariantCulture) + text.Length.ToString(CultureInfo.InvariantCulture);
    }
}
