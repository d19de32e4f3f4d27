using System.Runtime.CompilerServices;
using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Logging;

/// <summary>
/// Shows a verb's results. The terminal logger hides messages, whatever their importance, so under it they are written to standard
/// error when the build ends: that is when MSBuild disposes what a task registered for the build.
/// </summary>
/// <param name="engine">The build.</param>
/// <param name="hasTerminalLogger">Whether messages are hidden.</param>
/// <param name="writer">Writes hints in the words of whoever called the build.</param>
internal sealed class VerbOutput(IBuildEngine engine, bool hasTerminalLogger, HintWriter writer)
{
    private const string Key = "MigrationsBuild.VerbOutput";

    /// <summary>What a logger that looks for our lines knows them by; others see a message like any other.</summary>
    public const string LineType = "MigrationsBuild.Line";

    /// <summary>What a logger knows our results by, which are for programs.</summary>
    public const string ResultType = "MigrationsBuild.Result";

    /// <summary>What a logger knows a question by. Whoever asks shows it, and a logger only if it has the terminal instead.</summary>
    public const string QuestionType = "MigrationsBuild.Question";

    /// <summary>Shows a line.</summary>
    /// <param name="line">The line, without its end.</param>
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

    /// <summary>Passes on a result, which people don't see: it says once more what lines say, for programs.</summary>
    /// <param name="result">The result.</param>
    public void WriteResult(MessageLine result) => Log(ResultType, result.Name, result.ToString(), MessageImportance.Low);

    /// <summary>Passes on a question for loggers.</summary>
    /// <param name="question">The question.</param>
    public void WriteQuestion(string question) => Log(QuestionType, question, null, MessageImportance.Low);

    private void Log(string type, string text, string? data, MessageImportance importance)
    {
        try
        {
            engine.LogMessageEvent(Extended(type, text, data, importance));
        }
        catch (TypeLoadException)
        {
            // An MSBuild that has no such events: people see the same, and only the tool's logger can't tell it from other messages.
            engine.LogMessageEvent(new BuildMessageEventArgs(text, null, nameof(VerbOutput), importance));
        }
    }

    /// <summary>A method of its own, because a type that isn't there is missed where the method that names it begins.</summary>
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
