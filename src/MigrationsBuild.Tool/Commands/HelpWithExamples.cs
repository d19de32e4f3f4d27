using MigrationsBuild.Vocabulary;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MigrationsBuild.Tool.Commands;

/// <summary>The help of System.CommandLine, followed by examples.</summary>
internal sealed class HelpWithExamples(
    HelpAction help,
    RootCommand root,
    IReadOnlyDictionary<Command, Verb> verbs) : SynchronousCommandLineAction
{
    private const string ApplicationArguments =
        "Arguments after -- are for the application's design-time factories and entry point: -- --provider PostgreSQL";

    private static readonly string[] _rootExamples = [InitCommand.Name, "revision -m \"add user avatar\"", "approve", "migrate", "history"];

    public static void Attach(RootCommand root, IReadOnlyDictionary<Command, Verb> verbs)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExamples((HelpAction)option.Action!, root, verbs);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        using var text = new StringWriter();
        parseResult.InvocationConfiguration.Output = text;
        help.Invoke(parseResult);
        output.Write(text.ToString().Replace($"  {parseResult.RootCommandResult.Command.Name} ", "  dotnet db ", StringComparison.Ordinal));
        var command = parseResult.CommandResult.Command;
        var examples = ExamplesOf(command);
        if (examples.Length > 0)
            output.WriteLine("Examples:");
        foreach (var example in examples)
            output.WriteLine($"  dotnet db {example}");
        if (verbs.ContainsKey(command))
            output.WriteLine("\n" + ApplicationArguments);
        return 0;
    }

    private string[] ExamplesOf(Command command)
    {
        if (verbs.TryGetValue(command, out var verb))
            return [.. verb.Examples];
        if (command.Name == InitCommand.Name)
            return [.. InitCommand.Examples];
        return command == root ? _rootExamples : [];
    }
}
