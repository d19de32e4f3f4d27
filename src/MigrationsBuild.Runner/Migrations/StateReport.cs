using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>Says where a database stands, if it isn't simply behind or up to date.</summary>
internal static class StateReport
{
    /// <summary>Warns of a database that a newer build has migrated.</summary>
    public static void Warn(DatabaseState state, IReporter reporter)
    {
        if (state.IsAhead)
        {
            reporter.Diagnostic(new Diagnostic(
                DiagnosticCodes.Ahead, $"The database is ahead: it has {List(state.Unknown)}, which this build doesn't have. An older build runs on a newer database; that may be meant."));
        }
    }

    /// <exception cref="MigrationsException">The database has migrations between ours that this build doesn't have.</exception>
    public static void RefuseDiverged(DatabaseState state)
    {
        if (!state.IsDiverged)
            return;
        var first = state.Unknown[0];
        var common = state.Chain.Ids.LastOrDefault(id => state.IsApplied(id) && string.CompareOrdinal(id, first) < 0) ?? "base";
        throw new MigrationsException(
            DiagnosticCodes.Diverged,
            $"The database has diverged: behind {common} it has {List(state.Unknown)}, which this build doesn't have. Merge the branch that has it, or take it back: dotnet build -t:DbRollback -p:DbTo={common}");
    }

    private static string List(IReadOnlyList<string> ids) => string.Join(", ", ids.Take(5)) + (ids.Count > 5 ? $" and {ids.Count - 5} more" : "");
}
