using System.Runtime.CompilerServices;
using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Logging;

/// <summary>
/// Shows a verb's results. MSBuild's terminal logger hides messages of any importance. Under it, the lines are written to standard error
/// when the build ends: MSBuild disposes then the objects that tasks have registered.
/// </summary>
/// <param name="engine">The build.</param>
/// <param name="hasTerminalLogger">Whether messages are hidden.</param>
/// <param name="writer">The words for hints.</param>
internal sealed class VerbOutput(IBuildEngine engine, bool hasTerminalLogger, HintWriter writer)
{
    /// <summary>
    /// The type of the events for lines, by which the tool's logger recognizes them. For other loggers they are messages.
    /// </summary>
    public const string LineType = "MigrationsBuild.Line";

    /// <summary>The type of the events for results, which are for programs.</summary>
    public const string ResultType = "MigrationsBuild.Result";

    /// <summary>The type of the events for questions. The task asks at the terminal, and a logger only if it owns the terminal.</summary>
    public const string QuestionType = "MigrationsBuild.Question";

    private const string Key = "MigrationsBuild.VerbOutput";

    /// <summary>Shows a line.</summary>
    /// <param name="line">The line, without its line end.</param>
    /// <param name="hints">The next commands.</param>
    public void WriteLine(string line, params IReadOnlyCollection<Hint> hints)
    {
        line = LogText.OneLine(hints.Count == 0 ? line : writer.Write(line, hints));
        Log(LineType, line, null, MessageImportance.High);
        if (!hasTerminalLogger || engine is not IBuildEngine4 build)
            return;
        if (build.GetRegisteredTaskObject(Key, RegisteredTaskObjectLifetime.Build) is not Lines lines)
            build.RegisterTaskObject(Key, lines = new Lines(), RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        lines.Add(line);
    }

    /// <summary>Logs a result for programs. People don't see it: lines have the same content.</summary>
    public void WriteResult(MessageLine result) => Log(ResultType, result.Name, result.ToString(), MessageImportance.Low);

    /// <summary>Logs a question for loggers.</summary>
    public void WriteQuestion(string question) => Log(QuestionType, question, null, MessageImportance.Low);

    private void Log(string type, string text, string? data, MessageImportance importance)
    {
        try
        {
            engine.LogMessageEvent(Extended(type, text, data, importance));
        }
        catch (TypeLoadException)
        {
            // An older MSBuild has no such events. People see the same, but the tool's logger can't recognize the message.
            engine.LogMessageEvent(new BuildMessageEventArgs(text, null, nameof(VerbOutput), importance));
        }
    }

    /// <summary>A separate method, because the runtime throws for a missing type before it runs the method that uses the type.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static BuildMessageEventArgs Extended(string type, string text, string? data, MessageImportance importance) =>
        new ExtendedBuildMessageEventArgs(type, text, null, nameof(VerbOutput), importance) { ExtendedData = data };

    private sealed class Lines : IDisposable
    {
        private readonly List<string> _lines = [];

        public void Add(string line)
        {
            lock (_lines)
                _lines.Add(line);
        }

        public void Dispose() => _lines.ForEach(Console.Error.WriteLine);
    }
}
