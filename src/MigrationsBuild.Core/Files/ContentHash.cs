using System.Security.Cryptography;
using System.Text;

namespace MigrationsBuild.Files;

/// <summary>SHA-256 in lower-case hexadecimal: 64 characters.</summary>
public static class ContentHash
{
    /// <summary>The hash of a text in UTF-8.</summary>
    public static string OfText(string text)
    {
        using var algorithm = SHA256.Create();
        return Hexadecimal(algorithm.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The hash of a source file without its line ends and byte order mark, because git may change both.</summary>
    /// <param name="path">The file; if it doesn't exist, it counts as empty.</param>
    public static string OfSource(string path)
    {
        if (!File.Exists(path))
            return OfText("");
        try
        {
            return OfText(SourceText.Read(path));
        }
        catch (DecoderFallbackException)
        {
            // The compiler then reads it in the machine's encoding. For a hash, any encoding that keeps bytes apart is enough.
            return OfText(SourceText.Normalize(Encoding.GetEncoding("iso-8859-1").GetString(File.ReadAllBytes(path))));
        }
    }

    /// <summary>The hash of several hashes, which depends on their order.</summary>
    public static string OfHashes(params string[] hashes) => OfText(string.Join("\n", hashes));

    /// <summary>Whether a text has the form of a hash.</summary>
    public static bool IsHash(string text)
    {
        foreach (var c in text)
        {
            if (c is not ((>= '0' and <= '9') or (>= 'a' and <= 'f')))
                return false;
        }

        return text.Length == 64;
    }

    private static string Hexadecimal(byte[] hash) => BitConverter.ToString(hash).Replace("-", "").ToLowerInvariant();
}
