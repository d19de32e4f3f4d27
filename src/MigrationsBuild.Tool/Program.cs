using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tool.Building;
using MigrationsBuild.Tool.Commands;
using MigrationsBuild.Tool.Output;
using MigrationsBuild.Tool.Projects;

namespace MigrationsBuild.Tool;

/// <summary><c>dotnet db &lt;verb&gt;</c>.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        var grammar = new Grammar();
        var parsed = grammar.Parse(args);
        try
        {
            // Help, version, suggestions, and the words that start no build.
            if (parsed.Action is not null and not System.CommandLine.Invocation.ParseErrorAction)
                return parsed.Invoke(new() { EnableDefaultExceptionHandler = false });
            var call = new CommandLineReader(grammar).Read(parsed);
            var project = ProjectChoice.Find(call.Project, call.Verb.TakesSolution, call.Verb.Name);
            return new VerbRun(call, project, new PlainOutput(call.Quiet)).Run();
        }
        catch (MigrationsException failure)
        {
            var diagnostic = failure.Diagnostic;
            new PlainOutput(quiet: false).Diagnostic(new ReportedDiagnostic("error", diagnostic.Code.Id, diagnostic.Message, "", 0, 0, HelpPage.Of(diagnostic.Code)));
            return ExitCodes.Usage;
        }
    }
}
