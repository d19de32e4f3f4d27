using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Tool.Results;

/// <summary>A warning or an error, of ours or of the build.</summary>
/// <param name="Severity"><c>warning</c> or <c>error</c>.</param>
/// <param name="Code">Its code; empty if it has none.</param>
/// <param name="Message">Its text.</param>
/// <param name="File">The file that it points at, as MSBuild has it; empty if at none.</param>
/// <param name="Line">The line, from 1; 0 if none.</param>
/// <param name="Column">The column, from 1; 0 if none.</param>
/// <param name="Help">The address of its page; empty if it has none.</param>
internal sealed record ReportedDiagnostic(string Severity, string Code, string Message, string File, int Line, int Column, string Help)
{
    /// <summary>Its text, as one line.</summary>
    public string Message { get; } = LogText.OneLine(Message);

    /// <summary>The file that it points at, as one line; empty if at none.</summary>
    public string File { get; } = LogText.OneLine(File);

    /// <summary>Whether it is an error.</summary>
    public bool IsError => Severity == "error";

    /// <summary>Whether it is one of ours.</summary>
    public bool IsOurs => DiagnosticCodes.All.ContainsKey(Code);

    /// <summary>Reads the message of a warning or an error that a build has logged.</summary>
    /// <param name="message">The message.</param>
    public static ReportedDiagnostic Of(MessageLine message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new(message["severity"], message["code"], message["text"], message["file"], (int)message.Number("line"), (int)message.Number("column"), message["help"]);
    }

    /// <summary>As MSBuild prints it.</summary>
    public override string ToString() => $"{(File.Length == 0 ? "" : Line == 0 ? $"{File} : " : $"{File}({Line},{Column}): ")}{Severity} {Code}: {Message}";
}

/// <summary>A line of ours.</summary>
/// <param name="Project">The project that it is about.</param>
/// <param name="Text">The line.</param>
internal sealed record ReportedLine(string Project, string Text)
{
    /// <summary>The line, as a log can show it.</summary>
    public string Text { get; init; } = LogText.OneLine(Text);
}

/// <summary>A result of ours.</summary>
/// <param name="Project">The project that it is about.</param>
/// <param name="Message">What it says.</param>
internal sealed record ReportedResult(string Project, MessageLine Message);

/// <summary>All that a build told.</summary>
internal sealed class CallReport
{
    /// <summary>Our lines, in their order.</summary>
    public List<ReportedLine> Lines { get; } = [];

    /// <summary>Our results, in their order.</summary>
    public List<ReportedResult> Results { get; } = [];

    /// <summary>Warnings and errors.</summary>
    public List<ReportedDiagnostic> Diagnostics { get; } = [];
}
