using System.CommandLine;
using MigrationsBuild.Settings;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Deployment;

/// <summary>The command line of a deployed runner, made from <see cref="VerbTable"/> and <see cref="RunSettings"/>.</summary>
internal sealed class DeployedGrammar
{
    private readonly Option<string?> _context = new("--context")
    {
        HelpName = "name",
        Description = "The DbContext, if several were published",
        Recursive = true,
    };

    private readonly Option<bool> _verbose = new("--verbose", "-v")
    {
        Description = "All details of each migration, and the statements of blocking sessions",
    };

    private readonly Dictionary<RunSetting, Option<string?>> _settings = RunSettings.All.ToDictionary(
        setting => setting,
        setting => new Option<string?>("--" + setting.Name) { HelpName = setting.Form, Description = setting.Summary, Recursive = true });

    /// <summary>Parses a command line.</summary>
    /// <param name="arguments">The verb and its arguments.</param>
    /// <param name="run">Runs the call. The value that it returns is the exit code.</param>
    public ParseResult Parse(IReadOnlyList<string> arguments, Func<DeployedCall, Task<int>> run)
    {
        var root = new RootCommand(
            "Applies the migrations that were published with it. The connection string is in the environment variable "
            + "MIGRATIONS_CONNECTION or MIGRATIONS_CONNECTION__<context>, or in the file that MIGRATIONS_CONNECTION_FILE or "
            + "MIGRATIONS_CONNECTION__<context>_FILE names. "
            + "Exit codes: 0 done, 1 failed and another attempt may succeed, 4 failed and would fail again.") { _context };
        foreach (var setting in _settings.Values)
            root.Add(setting);
        foreach (var verb in VerbTable.Deployed)
            root.Add(ToCommand(verb, run));
        return root.Parse(arguments);
    }

    private Command ToCommand(Verb verb, Func<DeployedCall, Task<int>> run)
    {
        var command = new Command(verb.Name, verb.Summary);
        var revision = verb.Argument is null ? null : ToArgument(verb.Argument);
        if (revision is not null)
            command.Add(revision);
        // An option for the same property as the verb's argument is left out.
        var options = verb.Options.Where(option => option.Property.Length > 0 && option.Property != verb.Argument?.Property)
            .ToDictionary(option => option.Property, ToOption);
        if (verb.VerboseProperty is { } property)
            options.Add(property, _verbose);
        foreach (var option in options.Values)
            command.Add(option);
        command.SetAction((parsed, _) => run(new DeployedCall(verb)
        {
            Context = parsed.GetValue(_context),
            Revision = string.Join(",", revision is null ? [] : parsed.GetValue(revision) ?? []),
            Arguments = options.Aggregate(Arguments.None, (arguments, option) => arguments.With(option.Key, Text(parsed, option.Value))),
            Settings = _settings.ToDictionary(setting => setting.Key, setting => parsed.GetValue(setting.Value)),
        }));
        return command;
    }

    private static Argument<string[]> ToArgument(VerbArgument argument)
    {
        var revision = new Argument<string[]>(argument.Name) { Description = argument.Summary, Arity = ArgumentArity.ZeroOrMore };
        revision.Validators.Add(result =>
        {
            // The parser takes a misspelled option for a revision.
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith("--", StringComparison.Ordinal)))
                result.AddError($"There is no option {token.Value}.");
        });
        revision.Validators.Add(result =>
        {
            if (argument.AtMost == 1 && result.Tokens.Count > 1)
                result.AddError($"There can be only one {argument.Name}.");
        });
        return revision;
    }

    private static Option ToOption(VerbOption option)
    {
        Option made = option.Value is null ? new Option<bool>(option.Name) : new Option<string?>(option.Name) { HelpName = option.Value };
        made.Description = option.Summary;
        foreach (var alias in option.Aliases)
            made.Aliases.Add(alias);
        return made;
    }

    private static string? Text(ParseResult parsed, Option option) => option is Option<bool> flag
        ? parsed.GetValue(flag) ? "true" : null
        : parsed.GetValue((Option<string?>)option);
}

/// <summary>A call of a deployed runner.</summary>
/// <param name="Verb">The verb.</param>
internal sealed record DeployedCall(Verb Verb)
{
    /// <summary>The context that it names; <see langword="null"/> if it names none.</summary>
    public string? Context { get; init; }

    /// <summary>The revision or range, as the user wrote it; empty for the verb's default.</summary>
    public string Revision { get; init; } = "";

    /// <summary>The values of the verb's options.</summary>
    public Arguments Arguments { get; init; } = Arguments.None;

    /// <summary>The values of the options for settings; <see langword="null"/> for those that the call doesn't have.</summary>
    public IReadOnlyDictionary<RunSetting, string?> Settings { get; init; } = new Dictionary<RunSetting, string?>();
}
