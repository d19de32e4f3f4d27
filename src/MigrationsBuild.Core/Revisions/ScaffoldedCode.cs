using System.Text;
using System.Text.RegularExpressions;

namespace MigrationsBuild.Revisions;

/// <summary>C# as EF Core generates it, and the names in it that the compiler looks up from the file's namespace outwards.</summary>
public sealed class ScaffoldedCode
{
    // What holds no names, or names that are looked up elsewhere, is one token.
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

    /// <summary>Reads it.</summary>
    /// <param name="text">The text of a file.</param>
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
            if (words[i].Groups["name"].Success && IsLookedUp(before, after))
                _found.Add((words[i], new NameReference(words[i].Value.TrimStart('@'), IsGeneric: after == "<", IsAttribute: before == "[")));
        }
    }

    /// <summary>The namespaces that it imports.</summary>
    public IReadOnlyList<string> Usings { get; }

    /// <summary>Its own namespace; empty for none.</summary>
    public string Namespace { get; }

    /// <summary>The names.</summary>
    public IReadOnlyCollection<NameReference> Names => [.. _found.Select(found => found.Name).Distinct()];

    /// <summary>The text with other words for some of its names.</summary>
    /// <param name="words">The words by name.</param>
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
    /// Not a member, nor what is declared here, nor the name of an argument, of a lambda's parameter, or of an anonymous type's member.
    /// </summary>
    private static bool IsLookedUp(string before, string after) =>
        before is not ("." or "::" or "class" or "void" or "goto") && after is not (":" or "::" or "=" or "=>");
}

/// <summary>A name that the compiler looks up.</summary>
/// <param name="Text">The name.</param>
/// <param name="IsGeneric">Whether type arguments follow: a type without parameters isn't meant then.</param>
/// <param name="IsAttribute">Whether it is an attribute: then it may stand for a name that ends in <c>Attribute</c>.</param>
public sealed record NameReference(string Text, bool IsGeneric, bool IsAttribute);
