using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.StoredCalls;

/// <summary>Reads the most common command lines without the parser, because loading the parser takes longer than running them.</summary>
internal static class SimpleCommandLine
{
    private static readonly string[] _accepted = ["--no-restore"];
    private static readonly string[] _acceptedByHistory = [.. _accepted, "--indicate-current", "-i"];

    /// <summary>The call; <see langword="null"/> if the command line needs the parser.</summary>
    public static VerbCall? Read(string[] arguments)
    {
        if (arguments.Length == 0 || VerbTable.Find(arguments[0]) is not { IsRepeatable: true } verb || verb.Argument is { AtLeast: > 0 })
            return null;
        var accepted = verb == VerbTable.History ? _acceptedByHistory : _accepted;
        return Array.TrueForAll(arguments[1..], accepted.Contains) ? new VerbCall(verb, []) : null;
    }
}
