using System.Reflection;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Vocabulary;
using MigrationsBuild.Worker.Application;
using MigrationsBuild.Worker.Source;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>Drafts, discards or squashes migrations of a context, if a request asks for that.</summary>
/// <param name="application">The assembly that creates the contexts.</param>
/// <param name="watchdog">Each draft is a step of its own.</param>
internal sealed class Drafting(WorkerRequest request, Assembly application, ContextFinder finder, SourceMap source, Watchdog watchdog)
{
    /// <summary>Adds the new draft, or the discarded one, to an answer.</summary>
    /// <param name="reports">Each context's type with the report on it.</param>
    /// <exception cref="MigrationsException">The verb can't do its work.</exception>
    public WorkerAnswer Draft(WorkerAnswer answer, IReadOnlyList<(Type Type, ContextReport Report)> reports)
    {
        if (answer.Problems.Count > 0 && !ContextChoice.IsCertain(answer, request.ContextName))
            return answer;
        var chosen = ContextChoice.Choose(answer.Contexts, request.ContextName);
        var type = reports.First(pair => pair.Report == chosen).Type;
        BeginDraft(chosen);
        var result = request.SquashTo.Length > 0
            ? new SquashDraft(request, ProjectOf(chosen), finder, application).Make(answer, type, chosen)
            : request.Revision
            ? Revision(chosen, request.RevisionAmend).Make(answer, type, chosen, source)
            : new DiscardedRevision(request, ProjectOf(chosen), finder, application).Make(answer, type, chosen, source);
        return result ?? answer;
    }

    /// <summary>Drafts the drift of the first context that has any. If that fails, the build reports the drift itself.</summary>
    /// <param name="reports">Each context's type with the report on it.</param>
    public WorkerAnswer AutoDraft(WorkerAnswer answer, IReadOnlyList<(Type Type, ContextReport Report)> reports)
    {
        foreach (var (type, report) in reports.Where(pair => pair.Report.DraftName.Length > 0))
        {
            try
            {
                BeginDraft(report);
                var newest = ContextReview.NewestDraft(report);
                var draft = newest == DraftState.Edited
                    ? null
                    : Revision(report, amends: newest == DraftState.AsGenerated).Make(answer, type, report, source);
                if (draft is not null)
                    return draft;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                // Also an exception of the Design package. DbRevision, which is the hint of the finding, reports the reason.
            }
        }

        return answer;
    }

    private void BeginDraft(ContextReport context) =>
        watchdog.Begin(WorkStep.For(
            $"the newest migration of {context.ShortName}",
            context.ShortName,
            "writing or removing its newest migration"));

    private RevisionDraft Revision(ContextReport context, bool amends) => new(request, ProjectOf(context), finder, application, amends);

    private MigrationsProject ProjectOf(ContextReport context) => request.Find(context.MigrationsAssembly) ?? throw new MigrationsException(
        DiagnosticCodes.NothingToDo,
        $"The migrations of {context.ShortName} are in {context.MigrationsAssembly}, and this project references no project of that name. "
        + $"To keep them in this project, configure MigrationsAssembly(\"{request.Project.AssemblyName}\").",
        new Hint($"Otherwise run in {context.MigrationsAssembly}", request.Revision ? VerbTable.Revision : VerbTable.Discard));
}
