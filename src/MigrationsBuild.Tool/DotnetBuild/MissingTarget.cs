using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Tool.Results;

namespace MigrationsBuild.Tool.DotnetBuild;

/// <summary>Explains MSBuild's error MSB4057, "the target doesn't exist": the package is missing, too old, or not restored.</summary>
internal static class MissingTarget
{
    public static ReportedDiagnostic Explain(ReportedDiagnostic diagnostic, VerbCall call, ProjectChoice project)
    {
        var name = Path.GetFileName(project.Path);
        // NETSDK1004: there is no assets file.
        if (diagnostic.Code == "NETSDK1004" || diagnostic.Code == "MSB4057" && call.NoRestore && !HasAssets(project))
            return Ours(DiagnosticCodes.NotRestored, $"{name} isn't restored. Run: dotnet restore {name}", project);
        if (diagnostic.Code != "MSB4057" || !diagnostic.Message.Contains($"\"{call.Verb.Target}\"", StringComparison.Ordinal))
            return diagnostic;
        return Ours(
            DiagnosticCodes.NoPackage,
            HasPackage(project)
                ? $"The MigrationsBuild of {name} is too old for {call.Verb.Name}. Run: dotnet add package MigrationsBuild"
                : $"{name} doesn't have the package. If an application creates its contexts, run on the application: "
                    + $"dotnet db {call.Verb.Name} --project <application>. Otherwise run: dotnet db init",
            project);
    }

    /// <summary>The error for a solution in which no project has the target. MSBuild skips such projects.</summary>
    public static ReportedDiagnostic InSolution(VerbCall call, ProjectChoice solution) => Ours(
        DiagnosticCodes.NoPackage,
        $"No project of {Path.GetFileName(solution.Path)} has the package, so there is nothing to do for {call.Verb.Name}. "
        + "Run in the project of the application that creates the contexts: dotnet db init",
        solution);

    private static ReportedDiagnostic Ours(DiagnosticCode code, string message, ProjectChoice project) =>
        new("error", code.Id, message, project.Path, 0, 0, HelpPage.Of(code));

    private static bool HasAssets(ProjectChoice project) => File.Exists(Assets(project));

    private static bool HasPackage(ProjectChoice project) =>
        HasAssets(project) && File.ReadAllText(Assets(project)).Contains("\"MigrationsBuild/", StringComparison.OrdinalIgnoreCase);

    private static string Assets(ProjectChoice project) => Path.Combine(project.Folder, "obj", "project.assets.json");
}
