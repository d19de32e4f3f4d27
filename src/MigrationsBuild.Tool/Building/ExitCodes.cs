using MigrationsBuild.Diagnostics;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.Building;

/// <summary>What the tool's exit code says.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Drift = 3;

    private static readonly HashSet<DiagnosticCode> _drift =
    [
        DiagnosticCodes.Drift, DiagnosticCodes.NonDeterministic, DiagnosticCodes.NotApproved, DiagnosticCodes.Edited, DiagnosticCodes.Gone,
        DiagnosticCodes.OrderDiffers, DiagnosticCodes.ApplyUnapproved, DiagnosticCodes.LostApprovals, DiagnosticCodes.NoApprovals,
        DiagnosticCodes.HeaderDiffers, DiagnosticCodes.InvisibleText, DiagnosticCodes.NotCompiled,
    ];

    private static readonly HashSet<string> _usage =
        [.. new[] { DiagnosticCodes.Usage, DiagnosticCodes.WhichProject, DiagnosticCodes.NoPackage, DiagnosticCodes.NotRestored }.Select(code => code.Id)];

    /// <summary>The exit code for what a build told.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="build">The build's own exit code.</param>
    /// <param name="diagnostics">What was found.</param>
    public static int Of(Verb verb, int build, IReadOnlyCollection<ReportedDiagnostic> diagnostics)
    {
        if (diagnostics.Any(diagnostic => _usage.Contains(diagnostic.Code)))
            return Usage;
        var counting = diagnostics.Where(diagnostic => diagnostic.IsError || (verb.LooksForDrift && build == 0)).ToList();
        var hasDrift = counting.Exists(diagnostic => diagnostic.IsOurs && _drift.Contains(DiagnosticCodes.Find(diagnostic.Code)));
        return hasDrift && counting.TrueForAll(diagnostic => !diagnostic.IsError || diagnostic.IsOurs) ? Drift : build == 0 ? Done : Failed;
    }
}
