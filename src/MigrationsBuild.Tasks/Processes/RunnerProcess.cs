using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.Building;

namespace MigrationsBuild.Tasks.Processes;

/// <summary>Starts the runner and passes on what it says.</summary>
/// <param name="project">The project.</param>
/// <param name="output">Where its lines go.</param>
/// <param name="diagnostics">Where its diagnostics go.</param>
public sealed class RunnerProcess(ProjectDescription project, VerbOutput output, DiagnosticLog diagnostics)
{
    private bool _hasReported;

    /// <summary>Runs a verb.</summary>
    /// <param name="input">What to do.</param>
    /// <param name="connection">The connection string, if the environment doesn't have one.</param>
    /// <param name="cancellation">Ends it after the transaction that runs.</param>
    public void Run(RunnerInput input, string? connection, CancellationToken cancellation)
    {
        var errors = new List<string>();
        var process = new ChildProcess(project.DotnetPath, ["exec", project.RunnerPath, "--request", "-"], project.Folder)
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
                $"The runner ended with code {exitCode}: {said}. Run again; a migration that was in progress was undone as a whole."));
        }
    }

    private void Pass(MessageLine message)
    {
        if (message.Name == RunnerMessages.Line)
            output.WriteLine(message["text"]);
        else if (message.Name != RunnerMessages.Diagnostic)
            output.WriteResult(message);
        else if (message.ToDiagnostic() is { Code.Gate: Gate.Warning or Gate.Message } finding)
            diagnostics.Write(finding);
        else
            Fail(message.ToDiagnostic());
    }

    private void Fail(Diagnostic failure)
    {
        _hasReported = true;
        diagnostics.WriteError(failure);
    }
}
