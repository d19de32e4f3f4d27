using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;

namespace MigrationsBuild.Tool.Results;

/// <summary>A warning or an error of the package, the build or the tool.</summary>
/// <param name="Severity"><c>warning</c> or <c>error</c>.</param>
/// <param name="Code">The code; empty if there is none.</param>
/// <param name="Message">The text.</param>
/// <param name="File">The file, as MSBuild reports it; empty if there is none.</param>
/// <param name="Line">The line, from 1; 0 if there is none.</param>
/// <param name="Column">The column, from 1; 0 if there is none.</param>
/// <param name="Help">The URL of the code's page; empty if there is none.</param>
internal sealed record ReportedDiagnostic(string Severity, string Code, string Message, string File, int Line, int Column, string Help)
{
    /// <summary>The text, in one line.</summary>
    public string Message { get; } = LogText.OneLine(Message);

    /// <summary>The file, in one line; empty if there is none.</summary>
    public string File { get; } = LogText.OneLine(File);

    public bool IsError => Severity == "error";

    /// <summary>Whether the code is one of MigrationsBuild's.</summary>
    public bool IsOurs => DiagnosticCodes.All.ContainsKey(Code);

    /// <summary>Reads the message of a warning or an error that a build has logged.</summary>
    public static ReportedDiagnostic Of(MessageLine message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new(
            message["severity"],
            message["code"],
            message["text"],
            message["file"],
            (int)message.Number("line"),
            (int)message.Number("column"),
            message["help"]);
    }

    /// <summary>The location in MSBuild's format, with the separator after it.</summary>
    public string Location
    {
        get
        {
            if (File.Length == 0)
                return "";
            return Line == 0 ? $"{File} : " : $"{File}({Line},{Column}): ";
        }
    }

    /// <summary>The diagnostic in MSBuild's format.</summary>
    public override string ToString() => $"{Location}{Severity} {Code}: {Message}";
}

/// <summary>A line of a verb's output.</summary>
/// <param name="Project">The project of the verb.</param>
/// <param name="Text">The line.</param>
internal sealed record ReportedLine(string Project, string Text)
{
    /// <summary>The line, without control characters.</summary>
    public string Text { get; init; } = LogText.OneLine(Text);
}

/// <summary>A result of a verb, for programs.</summary>
internal sealed record ReportedResult(string Project, MessageLine Message);

/// <summary>Everything that a call has reported.</summary>
internal sealed class CallReport
{
    public List<ReportedLine> Lines { get; } = [];

    public List<ReportedResult> Results { get; } = [];

    public List<ReportedDiagnostic> Diagnostics { get; } = [];
}
