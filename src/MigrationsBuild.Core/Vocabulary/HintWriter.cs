namespace MigrationsBuild.Vocabulary;

/// <summary>Writes hints as commands of a front end.</summary>
public abstract class HintWriter
{
    /// <summary>A text followed by its hints, one sentence each.</summary>
    /// <param name="text">The text; a full stop is added if it has none.</param>
    /// <param name="hints">The hints.</param>
    public string Write(string text, IReadOnlyCollection<Hint> hints)
    {
        var commands = string.Join(". ", hints.Select(hint => $"{hint.LeadIn}: {Command(hint)}"));
        text = text.TrimEnd();
        if (commands.Length == 0 || text.Length == 0)
            return text + commands;
        return ".?!:".Contains(text[text.Length - 1]) ? $"{text} {commands}" : $"{text}. {commands}";
    }

    /// <summary>The command, or the arguments to add to the same call.</summary>
    internal abstract string Command(Hint hint);

    /// <summary>
    /// A value with the quotes that a shell needs. A placeholder (<c>&lt;id&gt;</c>) gets none. Names may come from a database, and people
    /// copy the command, so a value that a shell would expand within double quotes gets single quotes.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="isText">Whether it is free text, which is quoted even if it is a single word.</param>
    protected static string Quote(string value, bool isText = false)
    {
        if (value.Any(IsExpanded))
            return "'" + value.Replace("'", @"'\''") + "'";
        return isText || (value.Any(IsSpecial) && !IsPlaceholder(value)) ? $"\"{value}\"" : value;
    }

    private static bool IsPlaceholder(string value) => value.Contains('<') && value.Contains('>');

    private static bool IsExpanded(char c) => c is '$' or '`' or '"' or '!';

    private static bool IsSpecial(char c) => !char.IsLetterOrDigit(c) && ".,:+-_/\\=…".IndexOf(c) < 0;
}

/// <summary>Writes hints as commands of <c>dotnet build</c>, with targets and properties.</summary>
/// <param name="project">The project to build; empty for the project in the current folder.</param>
public sealed class BuildHints(string project = "") : HintWriter
{
    /// <inheritdoc/>
    internal override string Command(Hint hint)
    {
        var properties = string.Join(" ", hint.Arguments.Select(argument =>
            $"-p:{argument.Property}={Quote(argument.Value, hint.Verb?.FindOption(argument.Property)?.IsText == true)}"));
        return hint.Verb is null ? properties
            : $"dotnet build {(project.Length > 0 ? Quote(project) + " " : "")}-t:{hint.Verb.Target} {properties}".TrimEnd();
    }
}

/// <summary>Writes hints as commands of a command line with verbs and options.</summary>
/// <param name="command">The beginning of each command.</param>
/// <param name="verbs">Its verbs. A hint for another verb becomes a command of <c>dotnet build</c>.</param>
/// <param name="options">The options that all verbs have, by property.</param>
public abstract class CommandLineHints(string command, IReadOnlyList<Verb> verbs, IReadOnlyDictionary<string, string> options) : HintWriter
{
    private readonly BuildHints _build = new();

    /// <summary>The text after the verb in each command.</summary>
    protected virtual string AfterVerb => "";

    /// <inheritdoc/>
    internal override string Command(Hint hint)
    {
        if (hint.Verb is not null && !verbs.Contains(hint.Verb))
            return _build.Command(hint);
        var words = string.Join(" ", hint.Arguments.Select(argument => Word(hint.Verb, argument.Property, argument.Value)));
        return hint.Verb is null ? words : $"{command} {hint.Verb.Name}{AfterVerb} {words}".TrimEnd();
    }

    private string Word(Verb? verb, string property, string value)
    {
        if (options.TryGetValue(property, out var common))
            return $"{common} {Quote(value)}";
        var candidates = verb is null ? verbs : [verb];
        if (candidates.Any(candidate => candidate.Argument?.Property == property))
            return string.Join(" ", value.Split(',').Select(part => Quote(part)));
        if (candidates.Any(candidate => candidate.VerboseProperty == property))
            return "--verbose";
        return candidates.Select(candidate => candidate.FindOption(property)).FirstOrDefault(found => found is not null) switch
        {
            null => $"-p:{property}={Quote(value)}",
            { Value: null } flag => flag.Name,
            var option => $"{option.ShortName} {Quote(value, option.IsText)}",
        };
    }
}

/// <summary>Writes hints as commands of <c>dotnet db</c>.</summary>
/// <param name="project">The project to name; empty for the project that the tool finds itself.</param>
public sealed class ToolHints(string project = "")
    : CommandLineHints("dotnet db", VerbTable.All, new Dictionary<string, string> { ["DbContextName"] = "--context" })
{
    /// <summary>The property that identifies a build that the tool has started.</summary>
    public const string Property = "_MigrationsBuildFrontEnd";

    /// <summary>The value of that property.</summary>
    public const string Value = "dotnet-db";

    /// <inheritdoc/>
    protected override string AfterVerb => project.Length > 0 ? " --project " + Quote(project) : "";
}

/// <summary>Writes hints as commands of a deployed runner, which has options for settings.</summary>
/// <param name="command">The call of the runner.</param>
/// <param name="settings">The options for settings, by property.</param>
public sealed class RunnerHints(string command, IReadOnlyDictionary<string, string> settings)
    : CommandLineHints(command, VerbTable.Deployed, settings);
