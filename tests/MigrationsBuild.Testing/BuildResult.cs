using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Build.Logging.StructuredLogger;

namespace MigrationsBuild.Testing;

/// <summary>A warning or error of a build.</summary>
/// <param name="IsError">Which of the two.</param>
/// <param name="Code">Its code.</param>
/// <param name="File">The file it points at, as MSBuild shows it.</param>
/// <param name="Line">The line.</param>
/// <param name="Column">The column.</param>
/// <param name="Text">Its text.</param>
public sealed record BuildDiagnostic(bool IsError, string Code, string File, int Line, int Column, string Text)
{
    /// <summary>As MSBuild prints it.</summary>
    public override string ToString() => $"{File}({Line},{Column}): {(IsError ? "error" : "warning")} {Code}: {Text}";
}

/// <summary>The result of a build, from its binary log.</summary>
/// <param name="Command">The process that it ran in.</param>
/// <param name="BinaryLogPath">The log.</param>
public sealed class BuildResult(CommandResult Command, string BinaryLogPath)
{
    private readonly Lazy<Build> _log = new(() => BinaryLog.ReadBuild(BinaryLogPath));

    /// <summary>Whether it succeeded.</summary>
    public bool Succeeded => Command.ExitCode == 0;

    /// <summary>What it printed.</summary>
    public string Output => Command.Output;

    /// <summary>What it printed on standard error.</summary>
    public string Error => Command.Error;

    /// <summary>The log.</summary>
    public string LogPath => BinaryLogPath;

    /// <summary>Its warnings and errors, each once.</summary>
    public IReadOnlyList<BuildDiagnostic> Diagnostics
    {
        get
        {
            var found = new List<BuildDiagnostic>();
            _log.Value.VisitAllChildren<AbstractDiagnostic>(
                node => found.Add(new(node is Error, node.Code ?? "", node.File ?? "", node.LineNumber, node.ColumnNumber, node.Text)));
            return [.. found.Distinct()];
        }
    }

    /// <summary>Those of our codes.</summary>
    public IReadOnlyList<BuildDiagnostic> Ours => [.. Diagnostics.Where(diagnostic => Regex.IsMatch(diagnostic.Code, "^MIG\\d{4}$"))];

    /// <summary>Every message, whatever its importance.</summary>
    public IReadOnlyList<string> Messages
    {
        get
        {
            var found = new List<string>();
            _log.Value.VisitAllChildren<Message>(node => found.Add(node.Text));
            return found;
        }
    }

    /// <summary>Whether the worker was started.</summary>
    public int WorkerStarts => Messages.Count(text => text.StartsWith("Starting the worker:", StringComparison.Ordinal));

    /// <summary>Everything that it has said, and every byte of its binary log.</summary>
    public string Everything
    {
        get
        {
            using var log = new GZipStream(File.OpenRead(BinaryLogPath), CompressionMode.Decompress);
            using var reader = new StreamReader(log, Encoding.Latin1);
            return Output + Error + reader.ReadToEnd();
        }
    }

    /// <summary>All that was printed: a failing test shows this.</summary>
    public override string ToString() => Command.ToString();
}
