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
        Root.Add(ExplainCommand.Create());
        Root.Add(CompletionCommand.Create());
        HelpWithExamples.Attach(Root, _verbs);
    }

    public RootCommand Root { get; }

    /// <summary>All words that may come first.</summary>
    public IEnumerable<string> Words => Root.Subcommands.SelectMany(command => command.Aliases.Prepend(command.Name));

    public Verb? VerbOf(Command command) => _verbs.GetValueOrDefault(command);

    public ParsedCommandLine Parse(IReadOnlyList<string> arguments)
    {
        var (own, others) = Split(arguments);
        return new ParsedCommandLine(Root.Parse(own, _configuration), others);
    }

    /// <summary>
    /// An option and its value in one argument: the value may be anything then, <c>-p:x=1</c> or <c>--amend</c> too, which would be
    /// taken for an option if it stood alone. What follows <c>--</c> is the application's, except for a step such as <c>-1</c>, which
    /// people keep from being an option in this way.
    /// </summary>
    private static (List<string> Own, IReadOnlyList<string> Others) Split(IReadOnlyList<string> arguments)
    {
        var words = VerbTable.All.SelectMany(verb => verb.Options).Where(option => option.Value is not null).SelectMany(option => option.Words)
            .Concat(GlobalOptions.All.Where(option => option.ValueType != typeof(bool)).SelectMany(option => option.Aliases.Prepend(option.Name)))
            .ToHashSet();
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
            // The empty value is the one that has to stand alone.
            joined.AddRange(argument.EndsWith('=') && words.Contains(argument[..^1]) ? [argument[..^1], ""] : [argument]);
        }

        return (joined, []);
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
        Argument made = argument.AtMost == 1 ? new Argument<string?>(argument.Name) : new Argument<string[]>(argument.Name);
        made.Description = argument.Summary;
        made.Arity = new ArgumentArity(argument.AtLeast, argument.AtMost);
        return made;
    }

    private static Option ToOption(VerbOption option)
    {
        Option made = option.Value is null ? new Option<bool>(option.Name) : new Option<string?>(option.Name) { HelpName = option.Value };
        made.Description = option.Summary;
        foreach (var alias in option.Aliases)
            made.Aliases.Add(alias);
        return made;
    }
}

/// <summary>A command line.</summary>
/// <param name="Parsed">What is for the tool.</param>
/// <param name="ApplicationArguments">
/// What follows <c>--</c>: arguments for the application's design-time factories and entry point.
/// </param>
internal sealed record ParsedCommandLine(ParseResult Parsed, IReadOnlyList<string> ApplicationArguments);
