using System.Text.RegularExpressions;

namespace MigrationsBuild.Diagnostics;

/// <summary>Keeps passwords out of what is printed.</summary>
public static class Secrets
{
    // A value in quotes, where a quote twice is the quote; what a semicolon ends, spaces and all; or else a word, without the
    // punctuation of the sentence around it. It rather takes a word too many than leaves a piece of a password.
    private const string Value = """(?:"(?:[^"]|"")*"|'(?:[^']|'')*'|[^;=\r\n]*[^;\s](?=\s*;)|[^;\s](?:[^;\s]*[^;\s"'.,)])?)""";

    private static readonly Regex KeyValue = new(
        @"(?<key>\b(password|passwd|pwd|psw|passfile|ssl\s*password|secret|access\s*token|api\s*key)\s*=\s*)" + Value,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex Url = new(@"(?<head>\w://[^/\s:@]*:)[^/\s@]+(?=@)", RegexOptions.CultureInvariant);

    /// <summary>The text with <c>***</c> for the passwords of connection strings and URLs in it.</summary>
    /// <param name="text">A text from somebody else's code: an exception's message, say.</param>
    public static string Mask(string text) => Url.Replace(KeyValue.Replace(text, "${key}***"), "${head}***");
}
