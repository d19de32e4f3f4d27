using System.Text.RegularExpressions;

namespace MigrationsBuild.Lint;

/// <summary>A finding that someone has accepted.</summary>
/// <param name="Code">The code: <c>MIG2102</c>.</param>
/// <param name="Reason">The reason, in one line and without double quotes; empty if none was given.</param>
public sealed record Acceptance(string Code, string Reason)
{
    private static readonly Regex _comment = new(@"//[ \t]*(?<code>MIG2\d{3})[ \t]*:[ \t]*(?<reason>[^\r\n]*)");
    private static readonly Regex _written = new(@"\G(?<code>MIG2\d{3})(?: ""(?<reason>[^""]*)"")?(?:, |$)");

    /// <summary>A code with a reason as a person writes it.</summary>
    public static Acceptance Of(string code, string reason) =>
        new(code.ToUpperInvariant(), Regex.Replace(reason.Replace('"', '\''), @"\s+", " ").Trim());

    /// <summary>The acceptances in the comments of C#: <c>// MIG2102: values were copied in AddFullName</c>.</summary>
    /// <param name="code">The C# of a migration.</param>
    public static IReadOnlyList<Acceptance> InComments(string code) =>
        [.. _comment.Matches(code).Cast<Match>().Select(match => Of(match.Groups["code"].Value, match.Groups["reason"].Value))];

    /// <summary>Reads the text of the approvals file.</summary>
    /// <param name="text">A list: <c>MIG2102 "values were copied", MIG2301</c>.</param>
    /// <returns>The acceptances; <see langword="null"/> if the text has another form.</returns>
    public static IReadOnlyList<Acceptance>? Parse(string text)
    {
        var matches = _written.Matches(text).Cast<Match>().ToList();
        return matches.Count > 0 && matches.Sum(match => match.Length) == text.Length
            ? matches.ConvertAll(match => new Acceptance(match.Groups["code"].Value, match.Groups["reason"].Value))
            : null;
    }

    /// <summary>The text of the approvals file.</summary>
    /// <param name="all">At least one acceptance.</param>
    public static string Write(IEnumerable<Acceptance> all) => string.Join(", ", all);

    /// <inheritdoc/>
    public override string ToString() => Reason.Length == 0 ? Code : $"{Code} \"{Reason}\"";
}
