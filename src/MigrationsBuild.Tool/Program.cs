using System.Runtime.CompilerServices;
using System.Text;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Tool.Commands;
using MigrationsBuild.Tool.Output;
using MigrationsBuild.Tool.Results;
using MigrationsBuild.Tool.StoredCalls;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool;

/// <summary><c>dotnet db &lt;verb&gt;</c>.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        // On Windows the console has another encoding, in which a file such as that of `dotnet db script > all.sql` would lose characters.
        if (Console.IsOutputRedirected)
            Console.SetOut(new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true });
        try
        {
            if (SimpleCommandLine.Read(args) is not { } plain)
                return Run(args);
            var project = Find(plain);
            return StoredCallRun.Try(plain, project) is { } report
                ? VerbRun.Show(report, OutputOf(plain, project))
                : Run(args, needsBuild: true);
        }
        catch (MigrationsException failure)
        {
            return Refuse(failure.Diagnostic, ExitCodes.Usage, OutputForRefusal(args));
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            return Refuse(new Diagnostic(DiagnosticCodes.NotWritable, failure.Message), ExitCodes.Failed, OutputForRefusal(args));
        }
    }

    private static IOutput OutputForRefusal(string[] args)
    {
        if (!args.Contains("--json"))
            return new PlainOutput(quiet: false);
        var verbs = args.Select(word => word == InitCommand.Name ? word : VerbTable.Find(word)?.Name);
        return new JsonOutput(verbs.FirstOrDefault(verb => verb is not null), null);
    }

    /// <summary>A separate method, so that the parser's assembly is loaded only if it is called.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Run(string[] args, bool needsBuild = false)
    {
        var grammar = new Grammar();
        var line = grammar.Parse(args);
        var parsed = line.Parsed;
        // Help, version, completion, and the commands that are not verbs.
        if (parsed.Action is not null and not System.CommandLine.Invocation.ParseErrorAction)
        {
            if (grammar.VerbOf(parsed.CommandResult.Command) is null)
                UsageErrors.CheckCommand(parsed);
            return parsed.Invoke(new() { EnableDefaultExceptionHandler = false });
        }

        var call = new CommandLineReader(grammar).Read(line);
        var project = Find(call);
        return new VerbRun(call, project, OutputOf(call, project)) { NeedsBuild = needsBuild }.Run();
    }

    private static ProjectChoice Find(VerbCall call) => ProjectChoice.Find(call.Project, call.Verb.TakesSolution, call.Verb.Name);

    private static IOutput OutputOf(VerbCall call, ProjectChoice project)
    {
        if (call.Json)
            return new JsonOutput(call.Verb.Name, project.Path);
        var output = Console.IsOutputRedirected ? new PlainOutput(call.Quiet) : AtTerminal(call);
        return project.IsSolution ? new SolutionOutput(output, project.Folder) : output;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IOutput AtTerminal(VerbCall call) =>
        TerminalOutput.IsPossible ? new TerminalOutput(call, Console.Out, Console.Error) : new PlainOutput(call.Quiet);

    private static int Refuse(Diagnostic diagnostic, int exitCode, IOutput output)
    {
        var report = new CallReport();
        var text = new ToolHints().Write(diagnostic.Message, diagnostic.Hints);
        report.Diagnostics.Add(new ReportedDiagnostic("error", diagnostic.Code.Id, text, "", 0, 0, HelpPage.Of(diagnostic.Code)));
        output.Diagnostic(report.Diagnostics[0]);
        output.End(report, exitCode);
        return exitCode;
    }
}
