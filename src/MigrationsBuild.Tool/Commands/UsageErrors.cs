using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.Commands;

/// <summary>Checks a command line. The messages suggest a valid one.</summary>
internal static partial class UsageErrors
{
    // The names of verbs that are also revisions.
    private static readonly string[] _revisions = ["current", "heads"];

    /// <summary>Checks the words of the command line.</summary>
    /// <exception cref="MigrationsException">The grammar doesn't accept the command line.</exception>
    public static void Check(Grammar grammar, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens is [var word, ..] && AlembicOnlyVerbs.NotNeeded.TryGetValue(word.Replace('-', '_'), out var reason))
            throw Usage($"dotnet db has no verb {word}. {reason}");
        if (parsed.UnmatchedTokens is [var token, ..])
            throw Usage(command == grammar.Root ? UnknownWord(grammar, token) : Unexpected(command, grammar, token));
        if (command == grammar.Root)
            throw Usage($"Name a verb: {string.Join(", ", VerbTable.All.Select(verb => verb.Name))}. {HelpOf(command)}");
        if (parsed.Errors is [var error, ..])
            throw Usage($"{Missing(grammar, parsed) ?? error.Message} {HelpOf(command)}");
    }

    /// <summary>Checks the values of the verb's argument.</summary>
    /// <exception cref="MigrationsException">A value is an option or another verb.</exception>
    public static void CheckArguments(Verb verb, ParseResult parsed, IReadOnlyList<string> values)
    {
        foreach (var value in values)
        {
            if (value.StartsWith('-') && !IsStep(value))
                throw Usage(UnknownOption(parsed.CommandResult.Command, value));
            if (VerbTable.Find(value) is not null && !_revisions.Contains(value))
            {
                throw Usage(
                    $"Two verbs in one call: {verb.Name} and {value}. Call one after the other. "
                    + $"If {value} is a revision, write its complete id.");
            }
        }
    }

    /// <summary>Checks the combination of options.</summary>
    /// <exception cref="MigrationsException">An option has no effect with another one, or repeats the argument.</exception>
    public static void CheckOptions(Verb verb, IReadOnlyList<VerbOption> given, IReadOnlyList<string> values)
    {
        if (values.Count > 0 && given.FirstOrDefault(option => option.Property == verb.Argument!.Property) is { } again)
        {
            throw Usage(
                $"{verb.Name} has two values for its {verb.Argument!.Name}: {values[0]}, and that of {again.Name}. Remove one of them.");
        }

        if (given.FirstOrDefault(option => given.Any(other => other.Name == option.ExcludedBy)) is { } idle)
            throw Usage($"{verb.Name} with {idle.ExcludedBy} doesn't use {idle.Name}. Remove one of them.");
    }

    /// <summary>Checks the options of a command that is not a verb. Such a command accepts only its own options.</summary>
    /// <exception cref="MigrationsException">The command line has an option of the verbs.</exception>
    public static void CheckCommand(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var given = parsed.RootCommandResult.Children
            .Concat(parsed.CommandResult.Children)
            .OfType<OptionResult>()
            .Where(option => !option.Implicit)
            .ToList();
        if (command is RootCommand || given.Exists(option => option.Option is HelpOption))
            return;
        IEnumerable<Option> accepted = command.Name == InitCommand.Name ? InitCommand.Options : [];
        if (given.Find(option => GlobalOptions.All.Except(accepted).Contains(option.Option)) is { } idle)
            throw Usage($"{command.Name} has no option {idle.Option.Name}. {HelpOf(command)}");
    }

    /// <summary>Whether a value is one of Alembic's steps, which look like options: <c>-1</c>, or <c>-3:current</c>.</summary>
    public static bool IsStep(string value) => Step().IsMatch(value);

    private static string UnknownWord(Grammar grammar, string token)
    {
        if (token.StartsWith('-'))
            return UnknownOption(grammar.Root, token);
        var suggestion = Suggestions.Nearest(token, grammar.Words) is { } nearest
            ? $"Did you mean: dotnet db {nearest}"
            : HelpOf(grammar.Root);
        return $"There is no verb '{token}'. {suggestion}";
    }

    private static string Unexpected(Command command, Grammar grammar, string token)
    {
        if (token.StartsWith('-'))
            return UnknownOption(command, token);
        return grammar.Words.Contains(token)
            ? $"Two verbs in one call: {command.Name} and {token}. Call one after the other."
            : $"{command.Name} has no argument for '{token}'. {HelpOf(command)}";
    }

    private static string UnknownOption(Command command, string token)
    {
        var name = token.Split('=', ':')[0];
        var known = command.Options
            .Concat(GlobalOptions.All)
            .SelectMany(option => option.Aliases.Prepend(option.Name))
            .Where(word => word.StartsWith('-'));
        var of = command is RootCommand ? "dotnet db" : command.Name;
        var suggestion = Suggestions.Nearest(name, known) is { } nearest ? $"Did you mean {nearest}?" : HelpOf(command);
        return $"{of} has no option {name}. {suggestion}";
    }

    private static string? Missing(Grammar grammar, ParseResult parsed)
    {
        var hasValue = parsed.CommandResult.Children.OfType<ArgumentResult>().Any(result => result.Tokens.Count > 0);
        return grammar.VerbOf(parsed.CommandResult.Command) is { Argument: { AtLeast: > 0 } argument } verb && !hasValue
            ? $"{verb.Name} needs a {argument.Name}, such as: dotnet db {verb.Examples[0]}."
            : null;
    }

    private static string HelpOf(Command command) =>
        command is RootCommand ? "Run: dotnet db --help" : $"Run: dotnet db {command.Name} --help";

    private static MigrationsException Usage(string text) => new(DiagnosticCodes.Usage, text);

    [GeneratedRegex(@"^-\d+(:.*)?$")]
    private static partial Regex Step();
}
