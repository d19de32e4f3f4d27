using System.Security.Cryptography;
using System.Text;

namespace MigrationsBuild.Files;

/// <summary>SHA-256 in lower-case hexadecimal: 64 characters.</summary>
public static class ContentHash
{
    /// <summary>The hash of a text in UTF-8.</summary>
    /// <param name="text">The text.</param>
    public static string OfText(string text)
    {
        using var algorithm = SHA256.Create();
        return Hexadecimal(algorithm.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The hash of source files one after the other, whatever their line ends and byte order marks: git may change both.</summary>
    /// <param name="paths">The files, in order; those that don't exist count as empty.</param>
    public static string OfSources(params string[] paths) =>
        OfText(string.Join("\0", paths.Select(path => File.Exists(path) ? SourceText.Read(path) : "")));

    /// <summary>Whether a text has the form of a hash.</summary>
    /// <param name="text">Any text.</param>
    public static bool IsHash(string text) => text.Length == 64 && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    private static string Hexadecimal(byte[] hash)
    {
        var text = new StringBuilder(hash.Length * 2);
        foreach (var b in hash)
            text.Append("0123456789abcdef"[b >> 4]).Append("0123456789abcdef"[b & 15]);
        return text.ToString();
    }
}
