using MigrationsBuild.Diagnostics;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Contexts;

/// <summary>The choice of the context that a verb works on.</summary>
public static class ContextChoice
{
    /// <summary>The only context, or the one that was named.</summary>
    /// <param name="contexts">The project's contexts.</param>
    /// <param name="name">The value of <c>DbContextName</c>; empty if it isn't set.</param>
    /// <exception cref="MigrationsException">There is no such context, or there are several; the message names them.</exception>
    public static ContextReport Choose(IReadOnlyList<ContextReport> contexts, string name)
    {
        var candidates = Candidates(contexts, name);
        if (candidates.Count == 1)
            return candidates[0];
        if (candidates.Count == 0)
        {
            var found = contexts.Count == 0 ? "none" : string.Join(", ", contexts.Select(context => context.Name));
            throw new MigrationsException(DiagnosticCodes.NoContext, name.Length == 0
                ? "The project's assembly contains no DbContext with a relational provider, so there is nothing to migrate."
                : $"The project's assembly contains no DbContext {name} with a relational provider. It contains: {found}.");
        }

        throw new MigrationsException(
            DiagnosticCodes.SeveralContexts,
            $"There are several DbContexts: {string.Join(", ", candidates.Select(context => context.Name))}.",
            Hint.Add("Name one", "DbContextName", ShortestName(contexts, candidates[0])));
    }

    /// <summary>The name that a call needs to choose a context; empty if a call without a name chooses it.</summary>
    /// <param name="contexts">The project's contexts.</param>
    /// <param name="context">One of them.</param>
    public static string NameFor(IReadOnlyList<ContextReport> contexts, ContextReport context)
    {
        var candidates = Candidates(contexts, "");
        return candidates.Count == 1 && candidates[0].Name == context.Name ? "" : ShortestName(contexts, context);
    }

    /// <summary>
    /// Whether a verb can do its work although the worker had problems: the call names a context that the worker reported, and no context
    /// that it couldn't create has that name.
    /// </summary>
    /// <param name="answer">The worker's answer.</param>
    /// <param name="name">The value of <c>DbContextName</c>; empty if it isn't set.</param>
    public static bool IsCertain(WorkerAnswer answer, string name)
    {
        bool IsNamed(SeenContext seen) => IsSame(seen.Name, name) || IsSame(ContextReport.ShortNameOf(seen.Name), name);
        var candidates = Candidates(answer.Contexts, name);
        return name.Length > 0 && candidates.Count == 1
            && (IsSame(candidates[0].Name, name) || !answer.Seen.Any(seen => seen.State == SeenState.NotCreated && IsNamed(seen)));
    }

    private static string ShortestName(IReadOnlyList<ContextReport> contexts, ContextReport context) =>
        contexts.Count(other => IsSame(other.ShortName, context.ShortName)) == 1 ? context.ShortName : context.Name;

    private static List<ContextReport> Candidates(IReadOnlyList<ContextReport> contexts, string name)
    {
        // If one context has migrations and another one doesn't, the other one is usually a view of the same tables.
        IEnumerable<ContextReport>[] searches = name.Length == 0
            ? [contexts.Where(context => context.Migrations.Count > 0), contexts]
            : [contexts.Where(context => IsSame(context.Name, name)), contexts.Where(context => IsSame(context.ShortName, name))];
        return [.. searches.FirstOrDefault(found => found.Any()) ?? []];
    }

    private static bool IsSame(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
