using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tool.Output;
using MigrationsBuild.Tool.Results;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.Setup;

/// <summary>
/// <c>dotnet db init</c>: prepares a project. Each step does only what isn't done yet. If a step fails, the changes of the steps before it
/// are kept.
/// </summary>
internal sealed class InitRun(InitCall call, IOutput output)
{
    private readonly CallReport _report = new();
    private readonly List<FileChange> _changes = [];

    public int Run()
    {
        var failure = Failure();
        if (failure is not null)
            Show("error", failure);
        else if (_report.Diagnostics.Count == 0 && _changes.Count == 0)
            Line("Everything is set up.");
        foreach (var undo in FileChange.Undo(_changes))
            Line($"  To undo: {undo}");
        var exitCode = failure is null ? ExitCodes.Done : ExitCodes.Failed;
        output.End(_report, exitCode);
        return exitCode;
    }

    /// <summary>Runs the steps, until one fails.</summary>
    private Diagnostic? Failure()
    {
        try
        {
            foreach (var step in Steps())
                step.Run(Add, Warn);
            return null;
        }
        catch (MigrationsException failure)
        {
            return failure.Diagnostic;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Diagnostic(DiagnosticCodes.NotWritable, failure.Message);
        }
    }

    private IEnumerable<ISetupStep> Steps()
    {
        var packages = new PackagesStep(call.Project);
        yield return packages;
        yield return new FactoryStep(call.Project, packages);
        if (call.Git)
            yield return new GitStep(call.Project.Folder, call.Owners);
        if (call.Pipeline is { } pipeline)
            yield return new PipelineStep(call.Project, pipeline);
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
