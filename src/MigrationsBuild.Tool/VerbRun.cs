using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Tool.DotnetBuild;
using MigrationsBuild.Tool.Output;
using MigrationsBuild.Tool.Results;
using MigrationsBuild.Tool.StoredCalls;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool;

/// <summary>Runs a call and shows its results.</summary>
internal sealed class VerbRun(VerbCall call, ProjectChoice project, IOutput output)
{
    private readonly CallReport _report = new();
    private readonly List<string> _otherLines = [];

    /// <summary>Whether it is already known that the call can't run without a build.</summary>
    public bool NeedsBuild { get; init; }

    public int Run()
    {
        if (!NeedsBuild && StoredCallRun.Try(call, project) is { } stored)
            return Show(stored, output);
        var isRecording = CallRecorder.CanRecord(call) && !project.IsSolution;
        var recorder = new CallRecorder(call);
        var process = new BuildProcess(call, project, isRecording)
        {
            OnEvent = message =>
            {
                if (!recorder.Take(message))
                    Take(message);
            },
            OnOther = _otherLines.Add,
        };
        var build = process.Run();
        if (build == 0)
            recorder.Store();
        if (build == 0 && project.IsSolution && _report.Lines.Count == 0)
            Take(MissingTarget.InSolution(call, project));
        if (build != 0 && !_report.Diagnostics.Exists(diagnostic => diagnostic.IsError))
            Take(NoReason(build));
        var exitCode = BuildOutcome.ExitCodeOf(call.Verb, build, _report.Diagnostics);
        output.End(_report, exitCode);
        return exitCode;
    }

    /// <summary>Shows the report of a stored call.</summary>
    public static int Show(CallReport report, IOutput output)
    {
        report.Lines.ForEach(output.Line);
        report.Results.ForEach(output.Result);
        output.End(report, ExitCodes.Done);
        return ExitCodes.Done;
    }

    private void Take(MessageLine message)
    {
        switch (message.Name)
        {
            case BuildEvents.Line:
                _report.Lines.Add(new ReportedLine(message["project"], message["text"]));
                output.Line(_report.Lines[^1]);
                break;
            case BuildEvents.Result:
                _report.Results.Add(new ReportedResult(message["project"], MessageLine.Parse(message["data"])));
                output.Result(_report.Results[^1]);
                break;
            case BuildEvents.Question:
                Console.Error.Write(message["text"] + " ");
                break;
            case BuildEvents.Diagnostic:
                Take(ReportedDiagnostic.Of(message));
                break;
            default:
                break;
        }
    }

    private void Take(ReportedDiagnostic diagnostic)
    {
        diagnostic = MissingTarget.Explain(diagnostic, call, project);
        if (!(diagnostic.IsError || diagnostic.IsOurs || call.Verbose) || _report.Diagnostics.Contains(diagnostic))
            return;
        _report.Diagnostics.Add(diagnostic);
        output.Diagnostic(diagnostic);
    }

    /// <summary>The error if MSBuild ended before it had loaded the logger, or was killed.</summary>
    private ReportedDiagnostic NoReason(int build)
    {
        var said = _otherLines.Count == 0
            ? $"dotnet build ended with code {build} and wrote no message."
            : Secrets.Mask(string.Join(" ", _otherLines));
        return new ReportedDiagnostic("error", DiagnosticCodes.Internal.Id, said, project.Path, 0, 0, "");
    }
}
