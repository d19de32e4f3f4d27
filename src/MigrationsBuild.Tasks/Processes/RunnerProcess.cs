using System.ComponentModel;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.Logging;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Processes;

/// <summary>Starts the runner and shows its lines, diagnostics and questions.</summary>
internal sealed class RunnerProcess(ProjectDescription project, VerbOutput output, DiagnosticLog diagnostics, ITerminal terminal)
{
    /// <summary>STATUS_DLL_NOT_FOUND, STATUS_ENTRYPOINT_NOT_FOUND and STATUS_INVALID_IMAGE_FORMAT.</summary>
    private static readonly int[] _windowsLoaderCodes =
        [unchecked((int)0xC0000135), unchecked((int)0xC0000139), unchecked((int)0xC000007B)];

    /// <summary>What the loaders of glibc, musl and macOS write if they don't find a library or its version.</summary>
    private static readonly string[] _loaderTexts =
        ["version `GLIBC_", "error while loading shared libraries", "Error loading shared library", "Error relocating", "dyld["];

    private readonly List<string> _errors = [];
    private ChildProcess? _process;
    private bool _hasAnswered;
    private bool _hasReported;

    /// <summary>The name of the context that the commands in the runner's messages need; empty if they need none.</summary>
    public string Context { get; init; } = "";

    /// <summary>Returns a failure as it is shown: a warning doesn't fail the build.</summary>
    public Func<Diagnostic, Diagnostic> Shown { get; init; } = failure => failure;

    /// <summary>The results of the run.</summary>
    public List<MessageLine> Results { get; } = [];

    /// <summary>Runs a verb.</summary>
    /// <param name="input">The request and the manifest.</param>
    /// <param name="connection">The connection string; <see langword="null"/> if the environment has it.</param>
    /// <param name="cancellation">Ends the run after the current transaction.</param>
    public void Run(RunnerInput input, string? connection, CancellationToken cancellation)
    {
        var exitCode = project.NativeRunnerPath.Length > 0 ? RunNative(input, connection, cancellation) : null;
        exitCode ??= Run(project.DotnetPath, ["exec", project.RunnerPath], input, connection, cancellation);
        if (exitCode != 0 && !_hasReported)
        {
            var said = Secrets.Mask(string.Join(" ", _errors));
            diagnostics.WriteError(new Diagnostic(
                DiagnosticCodes.Internal,
                $"The runner ended with code {exitCode}: {said}. Run the command again. "
                + "A transaction that was in progress is rolled back; statements that ran outside a transaction are kept."));
        }
    }

    /// <summary>
    /// Starts the native runner. A package folder can be on a file system without programs or belong to another user, and the system can
    /// have an older C library than the one that the program was compiled for.
    /// </summary>
    /// <returns>The exit code; <see langword="null"/> if the program can't run on this system, so that it has done nothing.</returns>
    private int? RunNative(RunnerInput input, string? connection, CancellationToken cancellation)
    {
        try
        {
            var exitCode = Run(project.NativeRunnerPath, [], input, connection, cancellation);
            if (_hasAnswered || !(_errors.Exists(IsOfLoader) || _windowsLoaderCodes.Contains(exitCode ?? 0)))
                return exitCode;
        }
        catch (Win32Exception failure)
        {
            _errors.Add(failure.Message);
        }

        diagnostics.WriteDetail($"The native runner can't run on this system: {string.Join(" ", _errors)}");
        _errors.Clear();
        return null;
    }

    private static bool IsOfLoader(string line) => _loaderTexts.Any(line.Contains);

    private int? Run(
        string program, IEnumerable<string> arguments, RunnerInput input, string? connection, CancellationToken cancellation)
    {
        diagnostics.WriteDetail($"Starting the runner: {string.Join(" ", [program, .. arguments])}");
        var process = _process = new ChildProcess(program, [.. arguments, "--request", "-"], project.Folder)
        {
            Input = input.ToText(),
            EndsOnRequest = true,
            OnOutput = line => Pass(MessageLine.Parse(line)),
            OnError = _errors.Add,
        };
        if (connection is not null)
            process.Environment[input.Request.ConnectionVariable] = connection;
        return process.Run(Timeout.InfiniteTimeSpan, cancellation);
    }

    private void Pass(MessageLine message)
    {
        _hasAnswered = true;
        if (message.Name == RunnerMessages.Line)
            output.WriteLine(message["text"], [.. message.Hints().Select(hint => hint.InContext(Context))]);
        else if (message.Name == RunnerMessages.Question)
            Ask(message["text"]);
        else if (message.Name != RunnerMessages.Diagnostic)
            AddResult(message);
        else
            Pass(message.ToDiagnostic());
    }

    private void Pass(Diagnostic diagnostic)
    {
        if (diagnostic.Code.SeverityRule is SeverityRule.Warning or SeverityRule.Message)
            diagnostics.Write(diagnostic.InContext(Context));
        else if (diagnostic.Severity == Severity.Warning)
            diagnostics.WriteWarning(diagnostic.InContext(Context));
        else
            Fail(diagnostic);
    }

    private void AddResult(MessageLine result)
    {
        Results.Add(result);
        if (result.Name is not (RunnerMessages.Draft or RunnerMessages.Schema or RunnerMessages.Carried))
            output.WriteResult(result);
    }

    /// <summary>Asks on another thread, so that the run can be cancelled before the answer.</summary>
    private void Ask(string question)
    {
        output.WriteQuestion(question);
        new Thread(() =>
        {
            var isYes = terminal.Ask(question)?.Trim().ToUpperInvariant() is "Y" or "YES";
            _process!.WriteLine(new MessageLine(RunnerMessages.Answer).With("yes", isYes).ToString());
        })
        { IsBackground = true }.Start();
    }

    private void Fail(Diagnostic failure)
    {
        _hasReported = true;
        var shown = Shown(failure.InContext(Context));
        if (shown.Code.SeverityRule == SeverityRule.Warning)
            diagnostics.Write(shown);
        else
            diagnostics.WriteError(shown);
    }
}
