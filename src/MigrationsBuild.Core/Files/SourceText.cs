using System.Text;

namespace MigrationsBuild.Files;

/// <summary>The text files of a source tree: UTF-8, with or without byte order mark, with any line ends.</summary>
public static class SourceText
{
    /// <summary>UTF-8 without byte order mark; bytes that aren't UTF-8 throw <see cref="DecoderFallbackException"/>.</summary>
    public static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file, with <c>\n</c> as line end and without byte order mark.</summary>
    /// <exception cref="DecoderFallbackException">The file isn't UTF-8.</exception>
    public static string Read(string path)
    {
        var text = Utf8.GetString(File.ReadAllBytes(path));
        if (text.Length > 0 && text[0] == '\uFEFF')
            text = text.Substring(1);
        return Normalize(text);
    }

    /// <summary>Whether a file begins with the byte order mark of UTF-8.</summary>
    public static bool HasByteOrderMark(string path)
    {
        using var file = File.OpenRead(path);
        return file.ReadByte() == 0xEF && file.ReadByte() == 0xBB && file.ReadByte() == 0xBF;
    }

    /// <summary>The text with <c>\n</c> for every <c>\r\n</c>.</summary>
    public static string Normalize(string text) => text.IndexOf('\r') < 0 ? text : text.Replace("\r\n", "\n");
}
