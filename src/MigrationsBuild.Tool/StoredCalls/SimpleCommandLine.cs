using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.StoredCalls;

/// <summary>The few command lines that are told without a parser, because loading one takes longer than all that they do.</summary>
internal static class SimpleCommandLine
{
    private static readonly string[] _accepted = ["--no-restore"];
    private static readonly string[] _acceptedByHistory = [.. _accepted, "--indicate-current", "-i"];

    /// <summary>The call; <see langword="null"/> if the line says more.</summary>
    /// <param name="arguments">The command line.</param>
    public static VerbCall? Read(string[] arguments) =>
        arguments.Length > 0 && StoredCall.Verbs.Contains(arguments[0]) && Array.TrueForAll(arguments[1..], (arguments[0] == VerbTable.History.Name ? _acceptedByHistory : _accepted).Contains)
            ? new VerbCall(VerbTable.Find(arguments[0])!, [])
            : null;
}
