using System.Globalization;

namespace MigrationsBuild.Files;

/// <summary>A hash that isn't cryptographic: loading a cryptographic one takes longer than everything else that the callers do.</summary>
public static class Fingerprint
{
    /// <summary>FNV-1a in 64 bits, and the length.</summary>
    public static string Of(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
            hash = unchecked((hash ^ c) * 1099511628211UL);
        return hash.ToString("x16", CultureInfo.InvariantCulture) + text.Length.ToString(CultureInfo.InvariantCulture);
    }
}
