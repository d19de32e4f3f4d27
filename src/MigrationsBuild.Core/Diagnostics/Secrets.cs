using System.Text.RegularExpressions;

namespace MigrationsBuild.Diagnostics;

/// <summary>Keeps passwords out of logs.</summary>
public static class Secrets
{
    // A value in quotes, in which a doubled quote is a quote; or text with spaces up to a semicolon; or a word without the punctuation of
    // the sentence around it. In doubt it masks a word too many, so that no part of a password remains.
    private const string Value = """(?:"(?:[^"]|"")*"|'(?:[^']|'')*'|[^;=\r\n]*[^;\s](?=\s*;)|[^;\s](?:[^;\s]*[^;\s"'.,)])?)""";

    private static readonly Regex KeyValue = new(
        @"(?<key>\b(password|passwd|pwd|psw|passfile|ssl\s*password|secret|access\s*token|api\s*key)\s*=\s*)" + Value,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex Url = new(@"(?<head>\w://[^/\s:@]*:)[^/\s@]+(?=@)", RegexOptions.CultureInvariant);

    /// <summary>The text with <c>***</c> for the passwords of connection strings and URLs in it.</summary>
    /// <param name="text">A text from other code, such as the message of an exception.</param>
    public static string Mask(string text) => Url.Replace(KeyValue.Replace(text, "${key}***"), "${head}***");
}
