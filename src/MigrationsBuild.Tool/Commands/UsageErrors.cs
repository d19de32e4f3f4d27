using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.Commands;

/// <summary>Says what is wrong with a command line, and what may have been meant.</summary>
internal static partial class UsageErrors
{
    // Words of verbs that are revisions, too.
    private static readonly string[] _revisions = ["current", "heads"];

    /// <exception cref="MigrationsException">The grammar doesn't allow the command line.</exception>
    public static void Check(Grammar grammar, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens is [var word, ..] && AlembicOnlyVerbs.NotNeeded.TryGetValue(word.Replace('-', '_'), out var reason))
            throw Usage($"There is no {word} here. {reason}");
        if (parsed.UnmatchedTokens is [var token, ..])
            throw Usage(command == grammar.Root ? UnknownWord(grammar, token) : Unexpected(command, grammar, token));
        if (command == grammar.Root)
            throw Usage($"Say what to do: {string.Join(", ", VerbTable.All.Select(verb => verb.Name))}. {HelpOf(command)}");
        if (parsed.Errors is [var error, ..])
            throw Usage($"{Missing(grammar, parsed) ?? error.Message} {HelpOf(command)}");
    }

    /// <exception cref="MigrationsException">What stands for a revision is an option or another verb.</exception>
    public static void CheckArguments(Verb verb, ParseResult parsed, IReadOnlyList<string> values)
    {
        foreach (var value in values)
        {
            if (value.StartsWith('-') && !IsStep(value))
                throw Usage(UnknownOption(parsed.CommandResult.Command, value));
            if (VerbTable.Find(value) is not null && !_revisions.Contains(value))
                throw Usage($"Two verbs in one call: {verb.Name} and {value}. Call one after the other. If {value} is a revision, write its whole id.");
        }
    }

    /// <exception cref="MigrationsException">An option leaves another one nothing to do, or repeats the argument.</exception>
    public static void CheckOptions(Verb verb, IReadOnlyList<VerbOption> given, IReadOnlyList<string> values)
    {
        if (values.Count > 0 && given.FirstOrDefault(option => option.Property == verb.Argument!.Property) is { } again)
        {
            throw Usage(
                $"{verb.Name} has two values for its {verb.Argument!.Name}: {values[0]}, and that of {again.Name}. Leave one of them out.");
        }

        if (given.FirstOrDefault(option => given.Any(other => other.Name == option.ExcludedBy)) is { } idle)
            throw Usage($"{verb.Name} with {idle.ExcludedBy} has no use for {idle.Name}. Leave one of them out.");
    }

    /// <summary>The words that start no build have options of their own only.</summary>
    /// <exception cref="MigrationsException">The command line has another one.</exception>
    public static void CheckWord(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var given = parsed.RootCommandResult.Children.Concat(parsed.CommandResult.Children).OfType<OptionResult>().Where(option => !option.Implicit).ToList();
        if (command is not RootCommand && given.Find(option => GlobalOptions.All.Contains(option.Option)) is { } idle && !given.Exists(option => option.Option is HelpOption))
            throw Usage($"{command.Name} takes no {idle.Option.Name}. {HelpOf(command)}");
    }

    /// <summary>Whether it is one of Alembic's steps, which look like an option: <c>-1</c>, and <c>-3:current</c>.</summary>
    public static bool IsStep(string value) => Step().IsMatch(value);

    private static string UnknownWord(Grammar grammar, string token) => token.StartsWith('-')
        ? UnknownOption(grammar.Root, token)
        : $"There is no verb '{token}'. {(Suggestions.Nearest(token, grammar.Words) is { } nearest ? $"Did you mean: dotnet db {nearest}" : HelpOf(grammar.Root))}";

    private static string Unexpected(Command command, Grammar grammar, string token)
    {
        if (token.StartsWith('-'))
            return UnknownOption(command, token);
        return grammar.Words.Contains(token)
            ? $"Two verbs in one call: {command.Name} and {token}. Call one after the other."
            : $"{command.Name} doesn't know what to do with '{token}'. {HelpOf(command)}";
    }

    private static string UnknownOption(Command command, string token)
    {
        var name = token.Split('=', ':')[0];
        var known = command.Options.Concat(GlobalOptions.All).SelectMany(option => option.Aliases.Prepend(option.Name)).Where(word => word.StartsWith('-'));
        var of = command is RootCommand ? "dotnet db" : command.Name;
        return $"{of} has no option {name}. {(Suggestions.Nearest(name, known) is { } nearest ? $"Did you mean {nearest}?" : HelpOf(command))}";
    }

    private static string? Missing(Grammar grammar, ParseResult parsed) =>
        grammar.VerbOf(parsed.CommandResult.Command) is { Argument: { AtLeast: > 0 } argument } verb && !parsed.CommandResult.Children.OfType<ArgumentResult>().Any(result => result.Tokens.Count > 0)
            ? $"{verb.Name} needs a {argument.Name}, such as: dotnet db {verb.Examples[0]}."
            : null;

    private static string HelpOf(Command command) => command is RootCommand ? "Run: dotnet db --help" : $"Run: dotnet db {command.Name} --help";

    private static MigrationsException Usage(string text) => new(DiagnosticCodes.Usage, text);

    [GeneratedRegex(@"^-\d+(:.*)?$")]
    private static partial Regex Step();
}
