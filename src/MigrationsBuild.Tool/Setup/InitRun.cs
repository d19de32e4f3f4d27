using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tool.Output;
using MigrationsBuild.Tool.Results;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.Setup;

/// <summary>
/// <c>dotnet db init</c>: prepares a project. Each step does only what isn't done yet. If a step fails, its changes are kept, and the steps
/// that don't need it still run: a clone gets the merge driver even if the project can't be restored there.
/// </summary>
internal sealed class InitRun(InitCall call, IOutput output)
{
    private readonly CallReport _report = new();
    private readonly List<FileChange> _changes = [];

    public int Run()
    {
        var succeeded = RunSteps();
        if (_report.Diagnostics.Count == 0 && _changes.Count == 0)
            Line("Everything is set up.");
        foreach (var undo in FileChange.Undo(_changes))
            Line($"  To undo: {undo}");
        var exitCode = succeeded ? ExitCodes.Done : ExitCodes.Failed;
        output.End(_report, exitCode);
        return exitCode;
    }

    private bool RunSteps()
    {
        var packages = new PackagesStep(call.Project);
        var succeeded = Succeeds(packages) && Succeeds(new FactoryStep(call.Project, packages));
        if (call.Git)
            succeeded &= Succeeds(new GitStep(call.Project.Folder, call.Owners));
        if (call.Pipeline is { } pipeline)
            succeeded &= Succeeds(new PipelineStep(call.Project, pipeline));
        return succeeded;
    }

    private bool Succeeds(ISetupStep step)
    {
        try
        {
            step.Run(Add, Warn);
            return true;
        }
        catch (MigrationsException failure)
        {
            Show("error", failure.Diagnostic);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Show("error", new Diagnostic(DiagnosticCodes.NotWritable, failure.Message));
        }

        return false;
    }

    private void Add(FileChange change)
    {
        _changes.Add(change);
        Line($"  {FileChange.Relative(change.Path)}: {change.What}");
    }

    private void Warn(Diagnostic diagnostic) => Show("warning", diagnostic);

    private void Show(string severity, Diagnostic diagnostic)
    {
        var text = new ToolHints().Write(diagnostic.Message, diagnostic.Hints);
        var reported = new ReportedDiagnostic(severity, diagnostic.Code.Id, text, "", 0, 0, HelpPage.Of(diagnostic.Code));
        _report.Diagnostics.Add(reported);
        output.Diagnostic(reported);
    }

    private void Line(string text)
    {
        _report.Lines.Add(new ReportedLine(call.Project.Path, text));
        output.Line(_report.Lines[^1]);
    }
}

/// <summary>A part of the setup.</summary>
internal interface ISetupStep
{
    /// <summary>Does what isn't done yet.</summary>
    /// <param name="add">Receives each change, after it was made.</param>
    /// <param name="warn">Receives what a person has to do.</param>
    /// <exception cref="MigrationsException">The step failed.</exception>
    void Run(Action<FileChange> add, Action<Diagnostic> warn);
}
