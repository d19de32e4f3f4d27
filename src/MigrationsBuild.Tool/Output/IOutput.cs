using MigrationsBuild.Tool.Results;

namespace MigrationsBuild.Tool.Output;

/// <summary>How a call's results are shown.</summary>
internal interface IOutput
{
    /// <summary>A line has come.</summary>
    void Line(ReportedLine line);

    /// <summary>A result has come.</summary>
    void Result(ReportedResult result);

    /// <summary>A warning or an error has come.</summary>
    void Diagnostic(ReportedDiagnostic diagnostic);

    /// <summary>All has come.</summary>
    void End(CallReport report, int exitCode);
}
