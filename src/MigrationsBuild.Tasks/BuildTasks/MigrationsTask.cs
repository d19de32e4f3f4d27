using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.BuildState;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Drafting;
using MigrationsBuild.Tasks.Logging;
using MigrationsBuild.Tasks.Projects;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.BuildTasks;

/// <summary>What all tasks of ours share: the project, and expected failures as coded errors.</summary>
public abstract class MigrationsTask : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>The project: see <see cref="ProjectDescription"/>.</summary>
    [Required]
    public ITaskItem Project { get; set; } = null!;

    /// <summary>The assemblies and settings files that the model may come from; those of referenced projects tell which project that is.</summary>
    public ITaskItem[] Inputs { get; set; } = [];

    /// <summary>The project.</summary>
    private protected ProjectDescription Description { get; private set; } = null!;

    /// <summary>What was said in this call.</summary>
    private protected CallProperties Call { get; private set; } = null!;

    /// <summary>Where diagnostics go.</summary>
    private protected DiagnosticLog Diagnostics { get; private set; } = null!;

    /// <summary>Where results go.</summary>
    private protected VerbOutput Output { get; private set; } = null!;

    /// <summary>The verb that the task is; <see langword="null"/> for one that is none.</summary>
    private protected Verb? Verb => VerbTable.OfTarget(GetType().Name);

    /// <summary>Becomes cancelled when the build is.</summary>
    private protected CancellationToken Cancellation => _cancellation.Token;

    /// <inheritdoc/>
    public override bool Execute()
    {
        Description = new ProjectDescription(Project, Inputs)
        {
            Answers = RegisteredObjects.GetOrAdd<FreshAnswers>(BuildEngine),
            Results = RegisteredObjects.GetOrAdd<CheckResults>(BuildEngine),
        };
        Call = new CallProperties(BuildEngine);
        var writer = HintWriters.For(Call, Description);
        Output = new VerbOutput(BuildEngine, Description.HasTerminalLogger, writer);
        Diagnostics = new DiagnosticLog(Log, Description, RegisteredObjects.GetOrAdd<ReportedFindings>(BuildEngine), Output, writer, IsPromoted);
        try
        {
            if (!HasValidSettings())
                return false;
            if (Verb is { } verb)
                Call.Check(verb);
            if (!IsWanted)
                return true;
            if (Description.StartupProblem is { } problem)
                Refuse(problem);
            else
                Run();
        }
        catch (MigrationsException failure)
        {
            Diagnostics.WriteError(failure.Diagnostic);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            Diagnostics.WriteError(new Diagnostic(DiagnosticCodes.NotWritable, $"{failure.Message} Nothing was changed."));
        }

        return !Log.HasLoggedErrors;
    }

    /// <inheritdoc/>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancellation.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether there is something to do.</summary>
    private protected virtual bool IsWanted => true;

    /// <summary>A setting that can't be understood is an error in every task: whatever it was meant to say, it is a gate.</summary>
    private bool HasValidSettings()
    {
        var check = new SettingCheck(Description, Call);
        foreach (var variable in check.IgnoredVariables)
            Log.LogMessage("The environment variable {0} has no effect: settings count in project files and in -p: only.", variable);
        var problems = check.Problems;
        foreach (var problem in problems)
            Diagnostics.WriteError(problem);
        return problems.Count == 0;
    }

    /// <summary>By <c>WarningsAsErrors</c>, <c>-warnaserror</c> and their like, unless <c>NoWarn</c> silences it.</summary>
    private bool IsPromoted(string code) => BuildEngine is IBuildEngine8 engine && engine.ShouldTreatWarningAsError(code);

    /// <summary>The context that the call is about. Problems of others, if the call names this one, are warnings.</summary>
    /// <param name="verdict">The verdict on the whole project.</param>
    /// <exception cref="MigrationsException">There is no verdict, or no such context, or several.</exception>
    private protected ContextReview Choose(ModelVerdict verdict)
    {
        var review = verdict.Choose(Call["DbContextName"]);
        foreach (var problem in verdict.Problems)
            Diagnostics.WriteWarning(problem);
        return review;
    }

    /// <summary>Says whether the project accepts a draft.</summary>
    private protected DraftCheck DraftCheck =>
        new(new DraftCompiler(Description, Log), new CompiledSources(Description, BuildEngine), Diagnostics, Cancellation);

    /// <summary>Says that nobody can be asked about the contexts.</summary>
    /// <param name="problem">Why.</param>
    private protected virtual void Refuse(Diagnostic problem)
    {
        if (Verb is null)
            Diagnostics.Write(problem);
        else
            Diagnostics.WriteError(problem);
    }

    /// <summary>Does the work.</summary>
    /// <exception cref="MigrationsException">It can't be done.</exception>
    private protected abstract void Run();
}
