using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MigrationsBuild.Package.Tests.Deploy;

/// <summary>A step of a pipeline: a script, or an action that only the hosted service has.</summary>
/// <param name="Text">The script, or the action.</param>
/// <param name="IsAction">Which of the two.</param>
/// <param name="Environment">The variables that the step itself sets.</param>
internal sealed partial record PipelineStep(string Text, bool IsAction, IReadOnlyDictionary<string, string?> Environment)
{
    /// <summary>The steps of a job of a GitHub workflow.</summary>
    public static IReadOnlyList<PipelineStep> OfGitHub(YamlNode workflow, string job) =>
    [
        .. workflow.All("jobs", job, "steps").Select(step => new PipelineStep(
            (step.Find("run") ?? step.At("uses")).Text(), IsAction: step.Find("run") is null, Variables(step, "env"))),
    ];

    /// <summary>The scripts of a job of GitLab, each line a step.</summary>
    public static IReadOnlyList<PipelineStep> OfGitLab(YamlNode pipeline, string job) =>
    [
        .. pipeline.Texts(job, "script").Concat(pipeline.Texts(job, "after_script"))
            .Select(line => new PipelineStep(line, IsAction: false, Variables(pipeline, job, "variables"))),
    ];

    /// <summary>Runs the script as a build server does; it must succeed.</summary>
    /// <param name="server">The variables that the server sets.</param>
    /// <param name="values">What is between <c>${{</c> and <c>}}</c>.</param>
    /// <returns>What it printed.</returns>
    public string Succeeds(Dictionary<string, string?> server, Dictionary<string, string> values)
    {
        Assert.IsFalse(IsAction, $"{Text} can't be run here.");
        string Evaluate(string text) => Expression().Replace(text, match => values[match.Groups[1].Value]);
        var own = Environment.Select(variable => KeyValuePair.Create(variable.Key, (string?)Evaluate(variable.Value!)));
        var result = ShopRepository.Shared.Run(
            "", "bash", ["-e", "-o", "pipefail", "-c", Evaluate(Text)], [new("CI", "true"), .. server, .. own]);
        Assert.AreEqual(0, result.ExitCode, result.ToString());
        return result.Output;
    }

    private static Dictionary<string, string?> Variables(YamlNode node, params string[] path) =>
        node.Pairs(path).ToDictionary(pair => pair.Key, pair => (string?)pair.Value.Text());

    [GeneratedRegex(@"\$\{\{ ([^}]+) \}\}")]
    private static partial Regex Expression();
}
