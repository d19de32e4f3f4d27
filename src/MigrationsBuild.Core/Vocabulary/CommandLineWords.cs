using System.Text.RegularExpressions;

namespace MigrationsBuild.Vocabulary;

/// <summary>
/// Our texts name commands as a build has them (<c>dotnet build -t:DbMigrate -p:DbTo=head</c>). This class words them for a command line,
/// which has verbs and options instead.
/// </summary>
/// <param name="command">How the command line is called: <c>dotnet db</c>.</param>
/// <param name="verbs">The verbs that it has. A command of another one stays as it is.</param>
/// <param name="options">Its options that are those of no single verb: the property, and the option.</param>
public sealed class CommandLineWords(string command, IReadOnlyList<Verb> verbs, IReadOnlyDictionary<string, string> options)
{
    // An instance is made for texts that need it alone: the regular expression takes longer than a small run has.
    private static readonly Lazy<Regex> _pattern = new(() =>
    {
        const string Value = """("[^"]*"|<[^>]*>[^\s.,;)]*|[^\s"]*[^\s".,;:)])""";
        const string Target = $"""dotnet build(?: (?<project>"[^"]+"|[^-\s]\S*))? -t:(?<target>Db\w+)(?<properties>(?: -p:\w+={Value})*)""";
        const string Property = $"-p:(?<property>\\w+)=(?<value>{Value})";
        // In quotes, or in a path, it is a name of the user's.
        const string Name = """(?<!["'`\w.:/\\-])(?<name>Db[A-Z]\w+)(?:=(?<assigned>\w+))?(?!["'`\w])""";
        return new Regex($"{Target}|{Property}|{Name}", RegexOptions.ExplicitCapture);
    });

    /// <summary>The verb that was called, of which an option without a command is one; <see langword="null"/> for any.</summary>
    public Verb? Called { get; init; }

    /// <summary>Whether settings are options as well, and not properties of a project.</summary>
    public bool HasSettings { get; init; }

    /// <summary>A text in the words of this command line.</summary>
    /// <param name="text">A text of ours.</param>
    public string Of(string text) =>
        text.IndexOf("Db", StringComparison.Ordinal) >= 0 || text.IndexOf("-p:", StringComparison.Ordinal) >= 0
            ? _pattern.Value.Replace(text, Word)
            : text;

    private string Word(Match match) =>
        match.Groups["target"].Success ? Command(match)
        : match.Groups["property"].Success ? Option(match.Groups["property"].Value, match.Groups["value"].Value) ?? match.Value
        : Mention(match);

    private string Command(Match match)
    {
        if (verbs.FirstOrDefault(verb => verb.Target == match.Groups["target"].Value) is not { } called)
            return match.Value;
        var project = match.Groups["project"] is { Success: true } named ? $" --project {named.Value}" : "";
        var properties = _pattern.Value.Replace(
            match.Groups["properties"].Value,
            property => Option(called, property.Groups["property"].Value, property.Groups["value"].Value) ?? property.Value);
        return $"{command} {called.Name}{project}{properties}";
    }

    private string? Option(string name, string value) => Called is not null
        ? Option(Called, name, value)
        : verbs.Select(verb => Option(verb, name, value)).FirstOrDefault(option => option is not null);

    private string? Option(Verb called, string name, string value)
    {
        if (name == called.Argument?.Property)
            return value.Replace(",", " ");
        if (options.TryGetValue(name, out var common))
            return $"{common} {value}";
        if (name == called.VerboseProperty)
            return "--verbose";
        return called.Options.FirstOrDefault(option => option.Property == name) is not { } known ? null
            : known.Value is null ? known.Name
            : $"{known.Aliases.FirstOrDefault(alias => alias == "-m") ?? known.Name} {value}";
    }

    /// <summary>A verb or a setting that a text speaks of.</summary>
    private string Mention(Match match)
    {
        var name = match.Groups["name"].Value;
        var assigned = match.Groups["assigned"] is { Success: true } value ? " " + value.Value : "";
        if (verbs.FirstOrDefault(verb => verb.Target == name) is { } mentioned)
            return $"`{mentioned.Name}`{assigned}";
        if (!HasSettings)
            return match.Value;
        var option = options.TryGetValue(name, out var common) ? common
            : verbs.SelectMany(verb => verb.Options).FirstOrDefault(option => option.Property == name)?.Name;
        return option is null ? match.Value : option + assigned;
    }
}
