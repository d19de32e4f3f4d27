using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.BuildState;
using MigrationsBuild.Tasks.Caching;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Drafting;
using MigrationsBuild.Tasks.Git;
using MigrationsBuild.Tasks.Logging;
using MigrationsBuild.Tasks.Projects;
using MigrationsBuild.Tasks.Reports;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.BuildTasks;

/// <summary>The base class of the tasks: it describes the project, and reports expected failures as errors with a code.</summary>
public abstract class MigrationsTask : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>The item that describes the project.</summary>
    [Required]
    public ITaskItem Project { get; set; } = null!;

    /// <summary>
    /// The files that the model may depend on. The assembly of a referenced project has the metadata <c>MSBuildSourceProjectFile</c>.
    /// </summary>
    public ITaskItem[] Inputs { get; set; } = [];

    private protected ProjectDescription Description { get; private set; } = null!;

    private protected CallProperties Call { get; private set; } = null!;

    private protected DiagnosticLog Diagnostics { get; private set; } = null!;

    private protected VerbOutput Output { get; private set; } = null!;

    /// <summary>The verb of the task; <see langword="null"/> if it is not a verb.</summary>
    private protected virtual Verb? Verb => VerbTable.OfTarget(GetType().Name);

    /// <summary>Whether the call is for the verb. Otherwise a build runs it, whose properties are not the verb's.</summary>
    private protected bool IsCall => Verb?.Target == GetType().Name;

    /// <summary>Whether the call names a context.</summary>
    private protected bool NamesContext => Call["DbContextName"].Length > 0;

    /// <summary>Whether the verb is for all contexts if the call names none.</summary>
    private protected virtual bool TakesAllContexts => Verb is { TakesAllContexts: true };

    /// <summary>The token that is canceled with the build.</summary>
    private protected CancellationToken Cancellation => _cancellation.Token;

    /// <inheritdoc/>
    public override bool Execute()
    {
        Description = new ProjectDescription(Project, Inputs)
        {
            Answers = RegisteredObjects.GetOrAdd<FreshAnswers>(BuildEngine),
            Results = RegisteredObjects.GetOrAdd<CheckResults>(BuildEngine),
            EarlyWorkers = RegisteredObjects.GetOrAdd<EarlyWorkers>(BuildEngine),
        };
        Call = new CallProperties(BuildEngine);
        var writer = HintWriters.For(Call, Description);
        Output = new VerbOutput(BuildEngine, Description.HasTerminalLogger, writer);
        var reported = RegisteredObjects.GetOrAdd<ReportedFindings>(BuildEngine);
        Diagnostics = new DiagnosticLog(Log, Description, reported, Output, writer, IsPromoted);
        try
        {
            if (!HasValidSettings())
                return false;
            if (IsCall)
                Call.Check(Verb!);
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
        catch (RestoreException failure)
        {
            Diagnostics.WriteError(new Diagnostic(DiagnosticCodes.NotWritable, failure.Message));
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            Diagnostics.WriteError(new Diagnostic(DiagnosticCodes.NotWritable, $"{failure.Message} Nothing was changed."));
        }
        finally
        {
            if (Description.EarlyWorkers.Take(Description.StateFolder) is { } unused)
            {
                unused.Dispose();
                new StoredStart(Description.StateFolder).Settle();
            }
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

    /// <summary>Whether the task has work to do in this build.</summary>
    private protected virtual bool IsWanted => true;

    /// <summary>Warns if git ignores files that a clone needs.</summary>
    private protected void WarnIfIgnored(IEnumerable<string> paths)
    {
        if (new GitIgnore(new GitRepository(Description.Folder, Cancellation)).Find(paths) is { } ignored)
            Diagnostics.Write(ignored);
    }

    /// <summary>
    /// Checks the settings. An invalid value is an error in every task, because it may be meant to make a check stricter.
    /// </summary>
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

    /// <summary>Whether MSBuild turns a warning into an error, as <c>WarningsAsErrors</c> and <c>-warnaserror</c> do.</summary>
    private bool IsPromoted(string code) => BuildEngine is IBuildEngine8 engine && engine.ShouldTreatWarningAsError(code);

    /// <summary>The context of the call. If the call names it, problems of other contexts are warnings.</summary>
    /// <exception cref="MigrationsException">There is no verdict, no such context, or more than one context.</exception>
    private protected ContextReview Choose(ModelVerdict verdict)
    {
        var review = verdict.Choose(Call["DbContextName"]);
        foreach (var problem in verdict.Problems)
            Diagnostics.WriteWarning(problem);
        return review;
    }

    private protected DraftCheck DraftCheck =>
        new(new DraftCompiler(Description, Log), new CompiledSources(Description, BuildEngine), Diagnostics, Cancellation);

    /// <summary>Reports why the contexts of the project can't be checked.</summary>
    private protected virtual void Refuse(Diagnostic problem)
    {
        if (Verb is null)
            Diagnostics.Write(problem);
        else
            Diagnostics.WriteError(problem);
    }

    /// <summary>Does the work of the task.</summary>
    /// <exception cref="MigrationsException">An expected failure.</exception>
    private protected abstract void Run();
}
