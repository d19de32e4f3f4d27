using MigrationsBuild.Tool.Results;

namespace MigrationsBuild.Tool.Output;

/// <summary>Writes plain lines, for a file, a pipe or a log. Warnings and errors go to standard error.</summary>
/// <param name="quiet">Whether only warnings and errors are shown.</param>
internal sealed class PlainOutput(bool quiet) : IOutput
{
    public void Line(ReportedLine line)
    {
        if (!quiet)
            Console.Out.WriteLine(line.Text);
    }

    public void Result(ReportedResult result)
    {
    }

    public void Diagnostic(ReportedDiagnostic diagnostic) => Console.Error.WriteLine(diagnostic);

    public void End(CallReport report, int exitCode)
    {
    }
}
