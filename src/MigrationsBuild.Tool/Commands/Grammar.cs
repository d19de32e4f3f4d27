using MigrationsBuild.Vocabulary;
using System.CommandLine;

namespace MigrationsBuild.Tool.Commands;

/// <summary>The command line's grammar, made from <see cref="VerbTable"/>.</summary>
internal sealed class Grammar
{
    // A message may begin with @, which would name a file of arguments.
    private static readonly ParserConfiguration _configuration = new() { ResponseFileTokenReplacer = null };

    private readonly Dictionary<Command, Verb> _verbs = [];

    public Grammar()
    {
        Root = new RootCommand("EF Core migrations as part of dotnet build.");
        foreach (var option in GlobalOptions.All)
        {
            option.Recursive = true;
            Root.Add(option);
        }

        foreach (var verb in VerbTable.All)
            Add(verb);
        Root.Add(InitCommand.Create());
        Root.Add(ExplainCommand.Create());
        Root.Add(CompletionCommand.Create());
        Root.Add(MergeFileCommand.Create());
        HelpWithExamples.Attach(Root, _verbs);
    }

    public RootCommand Root { get; }

    /// <summary>The names and aliases of all commands.</summary>
    public IEnumerable<string> Words => Root.Subcommands.SelectMany(command => command.Aliases.Prepend(command.Name));

    public Verb? VerbOf(Command command) => _verbs.GetValueOrDefault(command);

    public ParsedCommandLine Parse(IReadOnlyList<string> arguments)
    {
        var (own, others) = Split(arguments);
        return new ParsedCommandLine(Root.Parse(own, _configuration), others);
    }

    /// <summary>
    /// Joins an option and its value to one argument, so that the value can begin with a dash, such as <c>-p:x=1</c> or <c>--amend</c>.
    /// Arguments after <c>--</c> are for the application, except a single step such as <c>-1</c>, which <c>--</c> keeps from being an
    /// option.
    /// </summary>
    private static (List<string> Own, IReadOnlyList<string> Others) Split(IReadOnlyList<string> arguments)
    {
        var words = WordsWithValue();
        var joined = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == "--")
            {
                var others = arguments.Skip(i + 1).ToList();
                return others is [var step] && UsageErrors.IsStep(step) ? ([.. joined, step], []) : (joined, others);
            }

            var hasValue = words.Contains(arguments[i]) && i + 1 < arguments.Count;
            var argument = hasValue ? $"{arguments[i]}={arguments[++i]}" : arguments[i];
            // An empty value must be an argument of its own.
            joined.AddRange(argument.EndsWith('=') && words.Contains(argument[..^1]) ? [argument[..^1], ""] : [argument]);
        }

        return (joined, []);
    }

    /// <summary>The names and aliases of all options that have a value.</summary>
    private static HashSet<string> WordsWithValue()
    {
        var ofVerbs = VerbTable.All
            .SelectMany(verb => verb.Options)
            .Where(option => option.Value is not null)
            .SelectMany(option => option.Words);
        var ofAll = GlobalOptions.All
            .Where(option => option.ValueType != typeof(bool))
            .SelectMany(option => option.Aliases.Prepend(option.Name));
        return [.. ofVerbs, .. ofAll];
    }

    private void Add(Verb verb)
    {
        var command = new Command(verb.Name, verb.Summary);
        foreach (var alias in verb.Aliases)
            command.Aliases.Add(alias);
        if (verb.Argument is { } argument)
            command.Add(ToArgument(argument));
        foreach (var option in verb.Options)
            command.Add(ToOption(option));
        _verbs[command] = verb;
        Root.Add(command);
    }

    private static Argument ToArgument(VerbArgument argument)
    {
        Argument result = argument.AtMost == 1 ? new Argument<string?>(argument.Name) : new Argument<string[]>(argument.Name);
        result.Description = argument.Summary;
        result.Arity = new ArgumentArity(argument.AtLeast, argument.AtMost);
        return result;
    }

    private static Option ToOption(VerbOption option)
    {
        Option result = option.Value is null
            ? new Option<bool>(option.Name)
            : new Option<string?>(option.Name) { HelpName = option.Value };
        result.Description = option.Summary;
        foreach (var alias in option.Aliases)
            result.Aliases.Add(alias);
        return result;
    }
}

/// <summary>A command line.</summary>
/// <param name="Parsed">The arguments for the tool.</param>
/// <param name="ApplicationArguments">The arguments after <c>--</c>, for the application's design-time factories and entry point.</param>
internal sealed record ParsedCommandLine(ParseResult Parsed, IReadOnlyList<string> ApplicationArguments);
