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
    /// <summary>Runs a verb.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="connection">The connection string, if the environment doesn't have one.</param>
    /// <param name="cancellation">Ends it after the transaction that runs.</param>
    public void Run(RunnerRequest request, string? connection, CancellationToken cancellation)
    {
        var path = project.StateFile("run");
        MessageFile.Write(path, [request.ToMessage()]);
        var errors = new List<string>();
        var hasReported = false;
        var process = new ChildProcess(project.DotnetPath, ["exec", project.RunnerPath, "--request", path], project.Folder)
        {
            OnOutput = line =>
            {
                var message = MessageLine.Parse(line);
                if (message.Name == RunnerMessages.Line)
                {
                    output.WriteLine(message["text"]);
                    return;
                }

                if (message.Name != RunnerMessages.Diagnostic)
                {
                    output.WriteResult(message);
                    return;
                }

                var diagnostic = message.ToDiagnostic();
                if (diagnostic.Code.Gate is Gate.Warning or Gate.Message)
                {
                    diagnostics.Write(diagnostic);
                    return;
                }

                hasReported = true;
                diagnostics.WriteError(diagnostic);
            },
            OnError = errors.Add,
        };
        if (connection is not null)
            process.Environment[request.ConnectionVariable] = connection;
        var exitCode = process.Run(Timeout.InfiniteTimeSpan, cancellation);
        if (exitCode != 0 && !hasReported)
        {
            diagnostics.WriteError(new Diagnostic(
                DiagnosticCodes.Internal, $"The runner ended with code {exitCode}: {Secrets.Mask(string.Join(" ", errors))}. Run again; a migration that was in progress was undone as a whole."));
        }
    }
}
