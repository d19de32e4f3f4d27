using System.Reflection;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Worker.Application;
using MigrationsBuild.Worker.Model;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>Drafts the newest migration of a context, or discards it, if a request wants that.</summary>
/// <param name="request">The request.</param>
/// <param name="application">The application.</param>
/// <param name="finder">Creates contexts.</param>
/// <param name="source">Where things are in the source.</param>
/// <param name="watchdog">Gets to know each step.</param>
internal sealed class Drafting(WorkerRequest request, Assembly application, ContextFinder finder, SourceMap source, Watchdog watchdog)
{
    /// <summary>The answer with the draft that the request wants, or with the draft discarded.</summary>
    /// <param name="answer">The answer so far.</param>
    /// <param name="reports">Each context's type with the report on it.</param>
    /// <exception cref="MigrationsException">The verb can't do its work.</exception>
    public WorkerAnswer Draft(WorkerAnswer answer, IReadOnlyList<(Type Type, ContextReport Report)> reports)
    {
        if (answer.Problems.Count > 0 && !ContextChoice.IsCertain(answer, request.ContextName))
            return answer;
        var chosen = ContextChoice.Choose(answer.Contexts, request.ContextName);
        var type = reports.First(pair => pair.Report == chosen).Type;
        BeginDraft(chosen);
        var made = request.Revision
            ? Revision(chosen, request.RevisionAmend).Make(answer, type, chosen, source)
            : new DiscardedRevision(request, ProjectOf(chosen), finder, application).Make(answer, type, chosen, source);
        return made ?? answer;
    }

    /// <summary>Drafts the first context's drift. Where that isn't possible, the build reports the drift itself.</summary>
    /// <param name="answer">The answer so far.</param>
    /// <param name="reports">Each context's type with the report on it.</param>
    public WorkerAnswer AutoDraft(WorkerAnswer answer, IReadOnlyList<(Type Type, ContextReport Report)> reports)
    {
        foreach (var (type, report) in reports.Where(pair => pair.Report.DraftName.Length > 0))
        {
            try
            {
                BeginDraft(report);
                var newest = ContextReview.NewestDraft(report);
                if (newest != DraftState.Edited && Revision(report, amends: newest == DraftState.AsGenerated).Make(answer, type, report, source) is { } made)
                    return made;
            }
            catch (MigrationsException)
            {
                // DbRevision, which the finding names, says why.
            }
        }

        return answer;
    }

    private void BeginDraft(ContextReport context) =>
        watchdog.Begin(WorkStep.For($"the newest migration of {context.ShortName}", context.ShortName, "writing or removing its newest migration"));

    private RevisionDraft Revision(ContextReport context, bool amends) => new(request, ProjectOf(context), finder, application, amends);

    private MigrationsProject ProjectOf(ContextReport context) => request.Find(context.MigrationsAssembly) ?? throw new MigrationsException(
        DiagnosticCodes.NothingToDo,
        $"The migrations of {context.ShortName} belong to {context.MigrationsAssembly}, which is no project that this one references. "
        + $"Run DbRevision on the project of that name, or move them here: MigrationsAssembly(\"{request.Project.AssemblyName}\")");
}
