using MigrationsBuild.Tool.Results;

namespace MigrationsBuild.Tool.Output;

/// <summary>Groups the lines of several projects, which may be built at the same time, under the project's path.</summary>
/// <param name="output">Shows the lines.</param>
/// <param name="folder">The folder that project paths are relative to.</param>
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
