namespace MigrationsBuild.Vocabulary;

/// <summary>Puts hints into the words of a front end.</summary>
public abstract class HintWriter
{
    /// <summary>A text with its hints: a sentence for each.</summary>
    /// <param name="text">The text; a full stop is added if it ends without one.</param>
    /// <param name="hints">The hints.</param>
    public string Write(string text, IReadOnlyCollection<Hint> hints)
    {
        var commands = string.Join(". ", hints.Select(hint => $"{hint.LeadIn}: {Command(hint)}"));
        text = text.TrimEnd();
        return commands.Length == 0 || text.Length == 0 ? text + commands
            : ".?!:".Contains(text[text.Length - 1]) ? $"{text} {commands}"
            : $"{text}. {commands}";
    }

    /// <summary>The command, or the arguments to add to one.</summary>
    /// <param name="hint">The hint.</param>
    internal abstract string Command(Hint hint);

    /// <summary>A value as a shell takes it. A placeholder (<c>&lt;id&gt;</c>) stays as it is: nobody runs it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isText">Whether it is free text, which people expect in quotes even if it is a single word.</param>
    protected static string Quote(string value, bool isText = false) =>
        isText || (value.Any(IsSpecial) && !value.Contains('<')) ? $"\"{value}\"" : value;

    private static bool IsSpecial(char c) => !char.IsLetterOrDigit(c) && ".,:+-_/\\=…".IndexOf(c) < 0;
}

/// <summary>The words of <c>dotnet build</c>: targets and properties.</summary>
/// <param name="project">The project to build; empty for the one in the current folder.</param>
public sealed class BuildHints(string project = "") : HintWriter
{
    /// <inheritdoc/>
    internal override string Command(Hint hint)
    {
        var properties = string.Join(" ", hint.Arguments.Select(argument =>
            $"-p:{argument.Key}={Quote(argument.Value, hint.Verb?.FindOption(argument.Key)?.IsText == true)}"));
        return hint.Verb is null ? properties
            : $"dotnet build {(project.Length > 0 ? Quote(project) + " " : "")}-t:{hint.Verb.Target} {properties}".TrimEnd();
    }
}

/// <summary>The words of a command line that has verbs and options.</summary>
/// <param name="command">How it is called.</param>
/// <param name="verbs">The verbs that it has. A hint for another verb is in the words of <c>dotnet build</c>.</param>
/// <param name="options">Its options that are those of no single verb: the property, and the option.</param>
public abstract class CommandLineHints(string command, IReadOnlyList<Verb> verbs, IReadOnlyDictionary<string, string> options) : HintWriter
{
    private readonly BuildHints _build = new();

    /// <summary>What follows the verb in each command.</summary>
    protected virtual string AfterVerb => "";

    /// <inheritdoc/>
    internal override string Command(Hint hint)
    {
        if (hint.Verb is not null && !verbs.Contains(hint.Verb))
            return _build.Command(hint);
        var words = string.Join(" ", hint.Arguments.Select(argument => Word(hint.Verb, argument.Key, argument.Value)));
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
        return candidates.Select(candidate => candidate.FindOption(property)).FirstOrDefault(found => found is not null) is not { } option
            ? $"-p:{property}={Quote(value)}"
            : option.Value is null ? option.Name
            : $"{option.ShortName} {Quote(value, option.IsText)}";
    }
}

/// <summary>The words of <c>dotnet db</c>.</summary>
/// <param name="project">The project to name; empty for the one that the tool finds by itself.</param>
public sealed class ToolHints(string project = "")
    : CommandLineHints("dotnet db", VerbTable.All, new Dictionary<string, string> { ["DbContextName"] = "--context" })
{
    /// <summary>The property by which the tool tells a build that it has called it.</summary>
    public const string Property = "_MigrationsBuildFrontEnd";

    /// <summary>The value of that property.</summary>
    public const string Value = "dotnet-db";

    /// <inheritdoc/>
    protected override string AfterVerb => project.Length > 0 ? " --project " + Quote(project) : "";
}

/// <summary>The words of a deployed runner. It has no SDK, so settings are options there.</summary>
/// <param name="command">How the runner is called.</param>
/// <param name="settings">Its options for settings: the property, and the option.</param>
public sealed class RunnerHints(string command, IReadOnlyDictionary<string, string> settings)
    : CommandLineHints(command, [.. VerbTable.All.Where(verb => verb.IsDeployed)], settings);
