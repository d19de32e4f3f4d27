using System.Text.RegularExpressions;
using MigrationsBuild.Tool.Commands;

namespace MigrationsBuild.Tool.Output;

/// <summary>
/// The commands in our own texts, as <c>dotnet db</c> has them: a person who called a verb reads about verbs and options, not about targets and
/// properties.
/// </summary>
/// <param name="verb">The verb that was called: an option without a command is one of its.</param>
internal sealed partial class ToolWords(Verb verb)
{
    /// <summary>A text with the tool's commands.</summary>
    /// <param name="text">A text of ours.</param>
    public string Of(string text) => text.Contains("-t:Db", StringComparison.Ordinal) || text.Contains("-p:", StringComparison.Ordinal)
        ? Property().Replace(Target().Replace(text, ToCommand), match => ToOption(verb, match))
        : text;

    private static string ToCommand(Match match)
    {
        if (VerbTable.All.FirstOrDefault(verb => verb.Target == match.Groups["target"].Value) is not { } called)
            return match.Value;
        var project = match.Groups["project"] is { Success: true } named ? $" --project {named.Value}" : "";
        return $"dotnet db {called.Name}{project}{Property().Replace(match.Groups["properties"].Value, property => ToOption(called, property))}";
    }

    private static string ToOption(Verb called, Match match)
    {
        var (name, value) = (match.Groups["name"].Value, match.Groups["value"].Value);
        if (name == called.Argument?.Property)
            return value.Replace(",", " ", StringComparison.Ordinal);
        if (name == "DbContextName")
            return $"--context {value}";
        if (name == called.VerboseProperty)
            return "--verbose";
        return called.Options.FirstOrDefault(option => option.Property == name) is not { } known ? match.Value
            : known.Value is null ? known.Name
            : $"{known.Aliases.FirstOrDefault(alias => alias == "-m") ?? known.Name} {value}";
    }

    [GeneratedRegex("""dotnet build(?: (?<project>"[^"]+"|[^-\s]\S*))? -t:(?<target>Db\w+)(?<properties>(?: -p:\w+=(?:"[^"]*"|<[^>]*>[^\s.,;)]*|[^\s"]*[^\s".,;:)]))*)""")]
    private static partial Regex Target();

    [GeneratedRegex("""-p:(?<name>\w+)=(?<value>"[^"]*"|<[^>]*>[^\s.,;)]*|[^\s"]*[^\s".,;:)])""")]
    private static partial Regex Property();
}
