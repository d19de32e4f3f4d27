using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tool.Results;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.DotnetBuild;

/// <summary>The outcome of a build.</summary>
internal static class BuildOutcome
{
    /// <summary>The exit code of the tool.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="build">The exit code of the build.</param>
    /// <param name="diagnostics">The warnings and errors of the build.</param>
    public static int ExitCodeOf(Verb verb, int build, IReadOnlyCollection<ReportedDiagnostic> diagnostics)
    {
        if (diagnostics.Any(diagnostic => DiagnosticCodes.Find(diagnostic.Code).IsUsage))
            return ExitCodes.Usage;
        var counting = diagnostics.Where(diagnostic => diagnostic.IsError || (verb.LooksForDrift && build == 0)).ToList();
        var hasDrift = counting.Exists(diagnostic => diagnostic.IsOurs && DiagnosticCodes.Find(diagnostic.Code).IsDrift);
        if (hasDrift && counting.TrueForAll(diagnostic => !diagnostic.IsError || diagnostic.IsOurs))
            return ExitCodes.Drift;
        return build == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }
}
