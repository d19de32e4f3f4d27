using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tool.Results;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.DotnetBuild;

/// <summary>What a build comes to for whoever called a verb.</summary>
internal static class BuildOutcome
{
    /// <summary>The tool's exit code.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="build">The build's own exit code.</param>
    /// <param name="diagnostics">What was found.</param>
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
