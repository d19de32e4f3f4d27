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

    /// <summary>The hash of a source file, whatever its line ends and byte order mark: git may change both.</summary>
    /// <param name="path">The file; one that doesn't exist counts as empty.</param>
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
            // The compiler then takes it for text in the machine's encoding; for a hash, any encoding will do that keeps bytes apart.
            return OfText(SourceText.Normalize(Encoding.GetEncoding("iso-8859-1").GetString(File.ReadAllBytes(path))));
        }
    }

    /// <summary>The hash of several hashes.</summary>
    /// <param name="hashes">The hashes, in order.</param>
    public static string OfHashes(params string[] hashes) => OfText(string.Join("\n", hashes));

    /// <summary>Whether a text has the form of a hash.</summary>
    /// <param name="text">Any text.</param>
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
