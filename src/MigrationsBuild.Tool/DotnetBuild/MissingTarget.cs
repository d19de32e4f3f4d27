using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Tool.Results;

namespace MigrationsBuild.Tool.DotnetBuild;

/// <summary>MSBuild's "the target doesn't exist" (MSB4057), which has three causes that it doesn't know.</summary>
internal static class MissingTarget
{
    public static ReportedDiagnostic Explain(ReportedDiagnostic diagnostic, VerbCall call, ProjectChoice project)
    {
        // NETSDK1004: there is no assets file.
        if (diagnostic.Code == "NETSDK1004" || diagnostic.Code == "MSB4057" && call.NoRestore && !HasAssets(project))
            return Ours(DiagnosticCodes.NotRestored, $"{Path.GetFileName(project.Path)} isn't restored. Run: dotnet restore {Path.GetFileName(project.Path)}", project);
        if (diagnostic.Code != "MSB4057" || !diagnostic.Message.Contains($"\"{call.Verb.Target}\"", StringComparison.Ordinal))
            return diagnostic;
        return Ours(
            DiagnosticCodes.NoPackage,
            HasPackage(project)
                ? $"The MigrationsBuild of {Path.GetFileName(project.Path)} is too old for {call.Verb.Name}. Run: dotnet add package MigrationsBuild"
                : $"{Path.GetFileName(project.Path)} doesn't have the package. Run: dotnet add package MigrationsBuild",
            project);
    }

    /// <summary>A solution's projects that lack the target are passed over, which was all of them.</summary>
    public static ReportedDiagnostic InSolution(VerbCall call, ProjectChoice solution) => Ours(
        DiagnosticCodes.NoPackage, $"No project of {Path.GetFileName(solution.Path)} has the package, so {call.Verb.Name} has nothing to look at. Run in the project of the DbContext: dotnet add package MigrationsBuild", solution);

    private static ReportedDiagnostic Ours(DiagnosticCode code, string message, ProjectChoice project) =>
        new("error", code.Id, message, project.Path, 0, 0, HelpPage.Of(code));

    private static bool HasAssets(ProjectChoice project) => File.Exists(Assets(project));

    private static bool HasPackage(ProjectChoice project) =>
        HasAssets(project) && File.ReadAllText(Assets(project)).Contains("\"MigrationsBuild/", StringComparison.OrdinalIgnoreCase);

    private static string Assets(ProjectChoice project) => Path.Combine(project.Folder, "obj", "project.assets.json");
}
