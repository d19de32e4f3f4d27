using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Benchmarks;

/// <summary>What a build sends to worker and runner over standard input, recorded by a stand-in that does nothing else.</summary>
internal static class RecordedInput
{
    private static readonly string _recorder = Path.Combine(
        Repository.Root, "tests/MigrationsBuild.FakeParts/bin", Repository.Configuration, "net10.0/MigrationsBuild.FakeParts.dll");

    /// <summary>The worker's input; the answer goes to the handle 3, and the profile is the one that a build uses.</summary>
    /// <param name="project">The project.</param>
    /// <param name="arguments">The build's arguments.</param>
    public static string OfWorker(TestProject project, params string[] arguments)
    {
        var request = Record(project, "_MigrationsBuildWorkerAssembly", null, arguments);
        var state = Path.GetDirectoryName(Directory.GetFiles(project.Folder["obj"], "hashes", SearchOption.AllDirectories).Single())!;
        var start = new WorkerStart(AnswerPipe: "3", ProfilePath: Path.Combine(state, "worker.profile"));
        return MessagePipe.Text(start.ToMessages()) + request;
    }

    /// <summary>The command line with which a build has started the worker. A shell connects the handle that the answer goes to.</summary>
    /// <param name="project">The project. A blank in its <c>Program.cs</c> makes the build ask the worker.</param>
    /// <param name="arguments">The build's arguments.</param>
    public static string[] WorkerCommand(TestProject project, params string[] arguments)
    {
        const string start = "Starting the worker: ";
        project.Folder.Replace("Program.cs", ";", "; ");
        var message = project.Build(arguments).Messages.First(text => text.StartsWith(start, StringComparison.Ordinal));
        return ["/bin/sh", "-c", "exec \"$@\" 3>&1 1>/dev/null", "sh", Dotnet.Path, .. message[start.Length..].Split(' ')[1..]];
    }

    /// <summary>The runner's input.</summary>
    /// <param name="project">The project.</param>
    /// <param name="environment">Environment variables of the build.</param>
    /// <param name="arguments">The build's arguments.</param>
    public static string OfRunner(TestProject project, Dictionary<string, string?> environment, params string[] arguments) =>
        Record(project, "_MigrationsBuildRunnerAssembly", environment, arguments);

    private static string Record(TestProject project, string part, Dictionary<string, string?>? environment, string[] arguments)
    {
        // A build whose worker gives no answer says so, and may fail.
        var build = project.Build(environment, [.. arguments, $"-p:{part}={_recorder}"]);
        var recorded = Directory.GetFiles(project.Folder["obj"], "received-*");
        if (recorded.Length == 0)
            throw new InvalidOperationException(build.ToString());
        // A worker that gives no answer is started once more.
        var input = File.ReadAllText(recorded[0]) + MessagePipe.End + "\n";
        Array.ForEach(recorded, File.Delete);
        return input;
    }
}
