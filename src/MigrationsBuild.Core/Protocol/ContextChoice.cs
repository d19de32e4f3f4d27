using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Protocol;

/// <summary>Which of a project's contexts a verb is about.</summary>
public static class ContextChoice
{
    /// <summary>The one context, or the one that was named.</summary>
    /// <param name="contexts">The project's contexts.</param>
    /// <param name="name">The name that was given as <c>DbContextName</c>; empty if none was.</param>
    /// <exception cref="MigrationsException">There is none, or there are several; the text names them.</exception>
    public static ContextReport Choose(IReadOnlyList<ContextReport> contexts, string name)
    {
        bool IsNamed(ContextReport context) =>
            string.Equals(context.ShortName, name, StringComparison.OrdinalIgnoreCase) || string.Equals(context.Name, name, StringComparison.OrdinalIgnoreCase);

        // A context without migrations beside one that has some is a view on tables, more likely than not.
        var candidates = contexts.Where(context => name.Length > 0 ? IsNamed(context) : context.Migrations.Count > 0).ToList();
        if (candidates.Count == 0 && name.Length == 0)
            candidates = [.. contexts];
        if (candidates.Count == 1)
            return candidates[0];
        if (candidates.Count == 0)
        {
            throw new MigrationsException(DiagnosticCodes.NoContext, name.Length == 0
                ? "The project's assembly holds no DbContext with a relational provider, so there is nothing to migrate."
                : $"The project's assembly holds no DbContext {name} with a relational provider. It holds: {(contexts.Count == 0 ? "none" : string.Join(", ", contexts.Select(context => context.Name)))}.");
        }

        throw new MigrationsException(
            DiagnosticCodes.SeveralContexts,
            $"There are several DbContexts: {string.Join(", ", candidates.Select(context => context.Name))}. Say which: -p:DbContextName={candidates[0].ShortName}");
    }
}
