using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Testing;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Database.Tests;

/// <summary>The output of the runner.</summary>
/// <param name="Command">The process.</param>
/// <param name="Lines">The lines for people.</param>
/// <param name="Diagnostics">The diagnostics.</param>
internal sealed record RunnerResult(CommandResult Command, IReadOnlyList<string> Lines, IReadOnlyList<Diagnostic> Diagnostics)
{
    private static readonly BuildHints _build = new();
    private static readonly DiagnosticCode[] _passing =
    [
        DiagnosticCodes.Unreachable,
        DiagnosticCodes.LoginFailed,
        DiagnosticCodes.Locked,
        DiagnosticCodes.Interrupted,
        DiagnosticCodes.NoDatabase,
        DiagnosticCodes.TimedOut,
        DiagnosticCodes.LockLost,
    ];

    public static RunnerResult Of(CommandResult command)
    {
        var messages = command.Output.Split('\n').Select(MessageLine.Parse).ToList();
        var lines = messages.Where(message => message.Name == RunnerMessages.Line);
        var diagnostics = messages.Where(message => message.Name == RunnerMessages.Diagnostic);
        return new(
            command,
            [.. lines.Select(message => _build.Write(message["text"], message.Hints()))],
            [.. diagnostics.Select(message => message.ToDiagnostic()).Select(Worded)]);
    }

    /// <summary>As a build shows it.</summary>
    private static Diagnostic Worded(Diagnostic diagnostic) => diagnostic with { Message = diagnostic.Text, Hints = [] };

    /// <summary>The differences that <c>diff</c> has reported: <c>missing index public.i; additional table public.t</c>.</summary>
    public string Differences => Results(
        RunnerMessages.Difference, result => $"{result["difference"]} {result["kind"]} {result["name"]}");

    /// <summary>The migrations that <c>verify</c> has tried, each with the code of its failure: <c>1_A; 2_B MIG3037</c>.</summary>
    public string Verified => Results(
        RunnerMessages.Verified, result => $"{result["migration"]} {result["failure"]}".TrimEnd());

    private string Results(string name, Func<MessageLine, string> text) => string.Join(
        "; ", Command.Output.Split('\n').Select(MessageLine.Parse).Where(message => message.Name == name).Select(text));

    /// <summary>The parts of the migration that <c>diff</c> has drafted: <c>up: DROP INDEX i;</c>.</summary>
    public IReadOnlyList<string> Draft =>
    [
        .. Command.Output.Split('\n').Select(MessageLine.Parse).Where(message => message.Name == RunnerMessages.Draft)
            .Select(message => $"{message["direction"]}: {message["text"]}"),
    ];

    /// <summary>Asserts that the run succeeded.</summary>
    public RunnerResult Succeeds()
    {
        Assert.AreEqual(0, Command.ExitCode, Command.ToString());
        return this;
    }

    /// <summary>It failed with one error of that code; the exit code says whether a retry makes sense.</summary>
    /// <param name="code">The code.</param>
    /// <param name="exitCode">The exit code, where it is not the code's own.</param>
    /// <returns>The error.</returns>
    public Diagnostic FailsWith(DiagnosticCode code, int? exitCode = null)
    {
        Assert.AreEqual(exitCode ?? (_passing.Contains(code) ? 1 : 4), Command.ExitCode, Command.ToString());
        Assert.AreEqual(code.Id, Diagnostics.SingleOrDefault(IsError)?.Code.Id, Command.ToString());
        return Diagnostics.Single(diagnostic => diagnostic.Code == code);
    }

    private static bool IsError(Diagnostic diagnostic) =>
        diagnostic.Code.SeverityRule is not (SeverityRule.Warning or SeverityRule.Message);
}
