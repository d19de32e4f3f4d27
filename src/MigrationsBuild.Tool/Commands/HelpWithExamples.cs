using MigrationsBuild.Vocabulary;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MigrationsBuild.Tool.Commands;

/// <summary>The help of System.CommandLine, and below it calls as one writes them.</summary>
internal sealed class HelpWithExamples(HelpAction help, Func<Command, IEnumerable<string>> examples, Predicate<Command> isVerb) : SynchronousCommandLineAction
{
    public static void Attach(RootCommand root, IReadOnlyDictionary<Command, Verb> verbs)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExamples((HelpAction)option.Action!, command => verbs.TryGetValue(command, out var verb)
            ? verb.Examples
            : command == root ? ["revision -m \"add user avatar\"", "approve", "migrate", "history"] : [], verbs.ContainsKey);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        using var text = new StringWriter();
        parseResult.InvocationConfiguration.Output = text;
        help.Invoke(parseResult);
        output.Write(text.ToString().Replace($"  {parseResult.RootCommandResult.Command.Name} ", "  dotnet db ", StringComparison.Ordinal));
        var lines = examples(parseResult.CommandResult.Command).ToList();
        if (lines.Count > 0)
            output.WriteLine("Examples:");
        foreach (var line in lines)
            output.WriteLine($"  dotnet db {line}");
        if (parseResult.CommandResult.Command is { Subcommands.Count: 0 } command && isVerb(command))
            output.WriteLine("\nWhat follows -- goes to the application's design-time factories and entry point: -- --provider PostgreSQL");
        return 0;
    }
}
