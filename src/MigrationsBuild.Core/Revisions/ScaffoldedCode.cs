using System.Text;
using System.Text.RegularExpressions;

namespace MigrationsBuild.Revisions;

/// <summary>C# that EF Core scaffolds, and the names in it that the compiler looks up from the namespace of the file outwards.</summary>
internal sealed class ScaffoldedCode
{
    // Text without names, or with names that are looked up differently, is a single token.
    private static readonly Regex _tokens = new(
        """
        //[^\n]* | /\*.*?\*/ | ^[ \t]*\#[^\n]*
        | (?<quotes>"{3,}).*?\k<quotes> | @"(?:""|[^"])*" | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])+'
        | (?<using>^using\s+(?<space>[\w.]+)\s*;) | \bnamespace\s+(?<namespace>[\w.]+)
        | (?<name>@?[\p{L}_][\p{L}\p{Nd}_]*) | (?<mark>::|=>|==|[^\s\w])
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline | RegexOptions.Multiline);

    private readonly string _text;
    private readonly List<(Match Match, NameReference Name)> _found = [];

    /// <summary>Reads the text of a file.</summary>
    public ScaffoldedCode(string text)
    {
        _text = text;
        var tokens = _tokens.Matches(text).Cast<Match>().ToList();
        Usings = [.. tokens.Where(token => token.Groups["using"].Success).Select(token => token.Groups["space"].Value)];
        Namespace = tokens.Select(token => token.Groups["namespace"]).FirstOrDefault(group => group.Success)?.Value ?? "";
        var words = tokens.Where(token => token.Groups["name"].Success || token.Groups["mark"].Success).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            var (before, after) = (i == 0 ? "" : words[i - 1].Value, i + 1 == words.Count ? "" : words[i + 1].Value);
            if (!words[i].Groups["name"].Success || !IsLookedUp(before, after))
                continue;
            var name = words[i].Value.TrimStart('@');
            _found.Add((words[i], new NameReference(name, IsGeneric: after == "<", IsAttribute: before == "[")));
        }
    }

    /// <summary>The namespaces that the file imports.</summary>
    public IReadOnlyList<string> Usings { get; }

    /// <summary>The namespace of the file; empty for none.</summary>
    public string Namespace { get; }

    /// <summary>The names that the compiler looks up.</summary>
    public IReadOnlyCollection<NameReference> Names => [.. _found.Select(found => found.Name).Distinct()];

    /// <summary>The text with replacements for some of its names.</summary>
    /// <param name="words">The replacements by name.</param>
    public string Replace(IReadOnlyDictionary<NameReference, string> words)
    {
        var result = new StringBuilder();
        var end = 0;
        foreach (var (match, name) in _found)
        {
            if (!words.TryGetValue(name, out var word))
                continue;
            result.Append(_text, end, match.Index - end).Append(word);
            end = match.Index + match.Length;
        }

        return result.Append(_text, end, _text.Length - end).ToString();
    }

    /// <summary>
    /// Whether a name isn't a member, a declaration, the name of an argument, a lambda's parameter, or a member of an anonymous type.
    /// </summary>
    private static bool IsLookedUp(string before, string after) =>
        before is not ("." or "::" or "class" or "void" or "goto") && after is not (":" or "::" or "=" or "=>");
}

/// <summary>A name that the compiler looks up.</summary>
/// <param name="Text">The name.</param>
/// <param name="IsGeneric">Whether type arguments follow, so that it must be a generic type.</param>
/// <param name="IsAttribute">Whether it is an attribute, so that the suffix <c>Attribute</c> may be missing.</param>
internal sealed record NameReference(string Text, bool IsGeneric, bool IsAttribute);
