using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Caching;
using MigrationsBuild.Tasks.Compiling;
using MigrationsBuild.Tasks.Processes;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Checking;

/// <summary>Checks a project's model and migrations. It starts the worker only if the stored answer can't be used.</summary>
internal sealed class ModelCheck(ProjectDescription project, TaskLoggingHelper log)
{
    /// <summary>The stamp of the task.</summary>
    public InputStamp Inputs { get; init; } = new(project);

    /// <summary>Whether the SQL files of drafts are written before they are reviewed.</summary>
    public bool WritesDrafts { get; init; } = true;

    /// <summary>
    /// Whether an answer of an earlier build can be used. It must not be used if a wrong answer would have lasting effects: in a database,
    /// in the source tree, or in deployed files.
    /// </summary>
    public bool MayUseKept { get; init; } = !project.IsStrict;

    /// <summary>
    /// The fingerprint of the code that the model depends on. The answer of an earlier build is used if only other code has changed. If it
    /// is <see langword="null"/>, the worker is asked after each change.
    /// </summary>
    public StoredModel? Model { get; init; }

    /// <summary>
    /// The words for whatever deploys migrations: see <see cref="ReviewScope"/>. By default the project's settings decide.
    /// </summary>
    public string? Publishes { get; init; }

    /// <summary>Checks what every build checks.</summary>
    /// <param name="wantsConnections">Whether the verdict has the connections of the contexts.</param>
    /// <param name="cancellation">Cancels the check.</param>
    /// <param name="mayDraft">Whether the answer may contain the draft for <c>DbAutoDraft</c>.</param>
    public ModelVerdict Run(bool wantsConnections, CancellationToken cancellation, bool mayDraft = false)
    {
        var kept = new StoredAnswer(project, Inputs).Read(ofThisBuild: !MayUseKept) ?? ReadWithSameModel();
        if (kept is not null && !wantsConnections && kept.Contexts.All(context => ContextReview.NeedEmission(context).Count == 0))
            return Review(kept);
        var drafts = mayDraft && project.Settings.DraftsByItself;
        return Ask(project.Request() with { AutoDraft = drafts, WantsConnections = wantsConnections }, cancellation);
    }

    /// <summary>Sends a verb's request to the worker and reviews the answer.</summary>
    public ModelVerdict Ask(WorkerRequest request, CancellationToken cancellation)
    {
        var (stored, began) = (new StoredAnswer(project, Inputs), DateTime.UtcNow);
        // Before the worker reads the files.
        _ = Inputs.All;
        var fingerprint = Model?.BeginCompute();
        var (answer, connections) = AskWithModels(request, cancellation);
        if (request.Emission == EmissionScope.Needed)
            stored.Write(answer);
        else
            stored.Refresh(answer);
        if (fingerprint?.GetAwaiter().GetResult() is { } code)
        {
            Model!.Write(answer, code.Fingerprint, began);
            // The files that SelectDesigners generates are edited by nobody.
            var sources = code.Sources.Where(path => !RelativePath.IsBelow(path, project.StateFolder));
            new StoredStart(project.StateFolder).Write(WorkerCommand.For(project), sources);
        }

        return Review(answer) with { Connections = connections };
    }

    /// <summary>
    /// Asks the worker. If it needs models that the project is compiled without, they are compiled, and it is asked again.
    /// </summary>
    private (WorkerAnswer Answer, IReadOnlyDictionary<string, MessageLine> Connections) AskWithModels(
        WorkerRequest request, CancellationToken cancellation)
    {
        using var models = new ModelsAssemblies(project, log);
        var worker = new WorkerProcess(project, log);
        try
        {
            if (request.Emission == EmissionScope.All)
                request = models.AddTo(request, other => other.WithoutEntities, cancellation);
            var answer = worker.Ask(request, cancellation);
            var missing = answer.Contexts.ToLookup(context => context.MigrationsAssembly, context => context.MissingModels);
            if (missing.All(reports => reports.All(names => names.Count == 0)))
                return (answer, worker.Connections);
            request = models.AddTo(request, other => [.. missing[other.AssemblyName].SelectMany(names => names)], cancellation);
            return (worker.Ask(request, cancellation), worker.Connections);
        }
        catch (MigrationsException failure)
        {
            return (new WorkerAnswer([], [failure.Diagnostic]), worker.Connections);
        }
    }

    /// <summary>
    /// Logs whether the worker is asked. If it isn't, also records that edits of the edited files are not expected to change the model.
    /// </summary>
    public static void LogUse(StoredModel model, bool isUsed, ProjectDescription project, TaskLoggingHelper log)
    {
        if (isUsed)
            new StoredStart(project.StateFolder).ExpectNothing();
        log.LogMessage(MessageImportance.Low, isUsed ? "The worker isn't asked: {0}." : "The worker is asked: {0}.", model.Reason);
    }

    private WorkerAnswer? ReadWithSameModel()
    {
        var answer = Model?.Find() is { } unchanged ? new StoredAnswer(project, Inputs).Read(unchanged.Answer) : null;
        if (Model is not null)
            LogUse(Model, answer is not null, project, log);
        return answer;
    }

    private ModelVerdict Review(WorkerAnswer answer)
    {
        foreach (var context in answer.Contexts)
            WriteDrafts(context);
        var review = ProjectReview.Of(answer, new ReviewScope(project.Projects, Publishes ?? project.Publishes)
        {
            HasSchemaFile = project.Settings.HasSchemaFile,
        });
        var contexts = review.Contexts.Select(context => context.WithVerifications(
            new StoredVerifications(project, context.Report).Read(), project.Settings.RequiresVerification));
        return new ModelVerdict(answer, [.. contexts], [.. answer.Problems, .. review.Problems]) { Orphaned = review.Orphaned };
    }

    /// <summary>A strict build never writes to the source tree.</summary>
    private void WriteDrafts(ContextReport context)
    {
        if (project.IsStrict || !WritesDrafts)
            return;
        try
        {
            var files = new FileTransaction();
            ContextReview.WriteDrafts(context, files);
            files.Commit();
        }
        catch (MigrationsException)
        {
            // The review reports that the approvals file can't be read.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The review continues without the file. DbApprove reports why it can't be written.
            log.LogMessage("The SQL of drafts can't be written: {0}", failure.Message);
        }
    }
}
