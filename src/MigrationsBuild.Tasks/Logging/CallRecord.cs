using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Settings;
using MigrationsBuild.Tasks.Projects;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Logging;

/// <summary>
/// Reports to <c>dotnet db</c> how the runner was called and which files its answer depends on. Until one of them changes, the tool can
/// call the runner itself, without a build, for verbs that change nothing. The tool requests the report with an environment variable.
/// </summary>
internal sealed class CallRecord(ProjectDescription project, VerbOutput output)
{
    /// <summary>Writes the report, if the tool has requested it.</summary>
    /// <param name="input">The runner's input.</param>
    /// <param name="review">The context.</param>
    /// <param name="name">The name that a call needs to choose the context; empty if it needs none.</param>
    /// <param name="isApproved">Whether this build would not refuse a verb that needs approval, and would show no finding.</param>
    public void Write(RunnerInput input, ContextReview review, string name, bool isApproved)
    {
        var sources = project.List("Sources");
        if (sources.Count == 0)
            return;
        var request = input.Request;
        // Any other connection is known to a build only.
        var variable = ConnectionVariables.FindSet(project.Settings.ConnectionVariable, review.Report.ShortName) ?? "";
        var verbs = VerbTable.All.Where(verb => verb.IsRepeatable && (isApproved || !verb.NeedsApproval)).Select(verb => verb.Name);
        var plain = new RunnerRequest(VerbTable.Current.Name, request.ProjectFolder)
        {
            IsStrict = request.IsStrict,
            Settings = request.Settings,
            ConnectionVariable = variable,
            ConnectionSource = variable,
        };
        output.WriteResult(new MessageLine(CallMessages.Call)
            .With("project", project.FilePath)
            .With("state-folder", project.StateFolder)
            .With("dotnet", project.DotnetPath)
            .With("runner", project.RunnerPath)
            .With("context", review.Report.ShortName)
            .With("context-to-name", name)
            .With("verbs", string.Join(" ", verbs))
            .With("variable", project.Settings.ConnectionVariable)
            .With("input", (input with { Request = plain }).ToText()));
        var files = review.Report.Migrations
            .SelectMany(migration => migration.Files)
            .Concat([review.Report.ApprovalsPath, project.RunnerPath]);
        foreach (var path in sources.Concat(files).Distinct())
            output.WriteResult(new MessageLine(CallMessages.Source).With("path", path));
        foreach (var path in project.Code.Concat(project.Inputs))
            output.WriteResult(new MessageLine(CallMessages.Output).With("path", path));
    }
}
