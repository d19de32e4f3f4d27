using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace MigrationsBuild.Tasks.Building;

/// <summary>
/// Shows a verb's results. The terminal logger hides messages, whatever their importance, so under it they are written to standard
/// error when the build ends: that is when MSBuild disposes what a task registered for the build.
/// </summary>
/// <param name="log">The build's log.</param>
/// <param name="engine">The build.</param>
/// <param name="hasTerminalLogger">Whether messages are hidden.</param>
public sealed class VerbOutput(TaskLoggingHelper log, IBuildEngine engine, bool hasTerminalLogger)
{
    private const string Key = "MigrationsBuild.VerbOutput";

    /// <summary>Shows a line.</summary>
    /// <param name="line">The line, without its end.</param>
    public void WriteLine(string line)
    {
        log.LogMessage(MessageImportance.High, "{0}", line);
        if (!hasTerminalLogger || engine is not IBuildEngine4 build)
            return;
        if (build.GetRegisteredTaskObject(Key, RegisteredTaskObjectLifetime.Build) is not Lines lines)
            build.RegisterTaskObject(Key, lines = new Lines(), RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        lines.Add(line);
    }

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
