using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.Logging;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Processes;

/// <summary>Starts the runner and shows its lines, diagnostics and questions.</summary>
internal sealed class RunnerProcess(ProjectDescription project, VerbOutput output, DiagnosticLog diagnostics, ITerminal terminal)
{
    private ChildProcess? _process;
    private bool _hasReported;

    /// <summary>The name of the context that the commands in the runner's messages need; empty if they need none.</summary>
    public string Context { get; init; } = "";

    /// <summary>Returns a failure as it is shown: a warning doesn't fail the build.</summary>
    public Func<Diagnostic, Diagnostic> Shown { get; init; } = failure => failure;

    /// <summary>The results of the run.</summary>
    public List<MessageLine> Results { get; } = [];

    /// <summary>Runs a verb.</summary>
    /// <param name="input">The request and the manifest.</param>
    /// <param name="connection">The connection string; <see langword="null"/> if the environment has it.</param>
    /// <param name="cancellation">Ends the run after the current transaction.</param>
    public void Run(RunnerInput input, string? connection, CancellationToken cancellation)
    {
        var errors = new List<string>();
        var process = _process = new ChildProcess(project.DotnetPath, ["exec", project.RunnerPath, "--request", "-"], project.Folder)
        {
            Input = input.ToText(),
            EndsOnRequest = true,
            OnOutput = line => Pass(MessageLine.Parse(line)),
            OnError = errors.Add,
        };
        if (connection is not null)
            process.Environment[input.Request.ConnectionVariable] = connection;
        var exitCode = process.Run(Timeout.InfiniteTimeSpan, cancellation);
        if (exitCode != 0 && !_hasReported)
        {
            var said = Secrets.Mask(string.Join(" ", errors));
            diagnostics.WriteError(new Diagnostic(
                DiagnosticCodes.Internal,
                $"The runner ended with code {exitCode}: {said}. Run the command again. "
                + "A transaction that was in progress is rolled back; statements that ran outside a transaction are kept."));
        }
    }

    private void Pass(MessageLine message)
    {
        if (message.Name == RunnerMessages.Line)
            output.WriteLine(message["text"], [.. message.Hints().Select(hint => hint.InContext(Context))]);
        else if (message.Name == RunnerMessages.Question)
            Ask(message["text"]);
        else if (message.Name != RunnerMessages.Diagnostic)
            AddResult(message);
        else
            Pass(message.ToDiagnostic());
    }

    private void Pass(Diagnostic diagnostic)
    {
        if (diagnostic.Code.SeverityRule is SeverityRule.Warning or SeverityRule.Message)
            diagnostics.Write(diagnostic.InContext(Context));
        else if (diagnostic.Severity == Severity.Warning)
            diagnostics.WriteWarning(diagnostic.InContext(Context));
        else
            Fail(diagnostic);
    }

    private void AddResult(MessageLine result)
    {
        Results.Add(result);
        if (result.Name is not (RunnerMessages.Draft or RunnerMessages.Schema or RunnerMessages.Carried))
            output.WriteResult(result);
    }

    /// <summary>Asks on another thread, so that the run can be cancelled before the answer.</summary>
    private void Ask(string question)
    {
        output.WriteQuestion(question);
        new Thread(() =>
        {
            var isYes = terminal.Ask(question)?.Trim().ToUpperInvariant() is "Y" or "YES";
            _process!.WriteLine(new MessageLine(RunnerMessages.Answer).With("yes", isYes).ToString());
        })
        { IsBackground = true }.Start();
    }

    private void Fail(Diagnostic failure)
    {
        _hasReported = true;
        var shown = Shown(failure.InContext(Context));
        if (shown.Code.SeverityRule == SeverityRule.Warning)
            diagnostics.Write(shown);
        else
            diagnostics.WriteError(shown);
    }
}
