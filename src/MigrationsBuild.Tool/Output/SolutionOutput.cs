using MigrationsBuild.Tool.Results;

namespace MigrationsBuild.Tool.Output;

/// <summary>What several projects tell at a time, each project's lines together under its name.</summary>
/// <param name="output">How a line is shown.</param>
/// <param name="folder">What projects are named relative to.</param>
internal sealed class SolutionOutput(IOutput output, string folder) : IOutput
{
    public void Line(ReportedLine line)
    {
    }

    public void Result(ReportedResult result) => output.Result(result);

    public void Diagnostic(ReportedDiagnostic diagnostic) => output.Diagnostic(diagnostic);

    public void End(CallReport report, int exitCode)
    {
        foreach (var project in report.Lines.GroupBy(line => line.Project).OrderBy(project => project.Key, StringComparer.Ordinal))
        {
            output.Line(new ReportedLine(project.Key, Path.GetRelativePath(folder, project.Key)));
            foreach (var line in project)
                output.Line(line with { Text = "  " + line.Text });
        }

        output.End(report, exitCode);
    }
}
