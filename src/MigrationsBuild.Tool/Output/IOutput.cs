using MigrationsBuild.Tool.Results;

namespace MigrationsBuild.Tool.Output;

/// <summary>Shows the results of a call.</summary>
internal interface IOutput
{
    /// <summary>Receives a line.</summary>
    void Line(ReportedLine line);

    /// <summary>Receives a result.</summary>
    void Result(ReportedResult result);

    /// <summary>Receives a warning or an error.</summary>
    void Diagnostic(ReportedDiagnostic diagnostic);

    /// <summary>Receives the complete report, when the call has ended.</summary>
    void End(CallReport report, int exitCode);
}
