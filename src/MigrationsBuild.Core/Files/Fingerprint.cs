using System.Globalization;

namespace MigrationsBuild.Files;

/// <summary>A hash that isn't cryptographic: loading a cryptographic one takes longer than everything else that the callers do.</summary>
public static class Fingerprint
{
    private const ulong Start = 14695981039346656037UL;
    private const ulong Prime = 1099511628211UL;

    /// <summary>FNV-1a in 64 bits, and the length.</summary>
    public static string Of(string text)
    {
        var hash = Start;
        foreach (var c in text)
            hash = unchecked((hash ^ c) * Prime);
        return Text(hash, text.Length);
    }

    /// <summary>The fingerprint of a file's bytes.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It can't be read.</exception>
    public static string OfFile(string path)
    {
        var content = File.ReadAllBytes(path);
        var hash = Start;
        foreach (var one in content)
            hash = unchecked((hash ^ one) * Prime);
        return Text(hash, content.Length);
    }

    private static string Text(ulong hash, int length) =>
        hash.ToString("x16", CultureInfo.InvariantCulture) + length.ToString(CultureInfo.InvariantCulture);
}
