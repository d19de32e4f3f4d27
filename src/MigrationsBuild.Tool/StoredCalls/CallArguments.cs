using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.StoredCalls;

/// <summary>The arguments of a call that the runner reads. They don't affect the build.</summary>
internal static class CallArguments
{
    /// <summary>The arguments. If a property has several values, the last one counts, as in MSBuild.</summary>
    public static Arguments Of(VerbCall call) => call.Properties
        .Where(property => call.Verb.Properties.Contains(property.Key))
        .Aggregate(Arguments.None, (arguments, property) => arguments.With(property.Key, property.Value));

    /// <summary>
    /// Whether the runner alone can execute the call. A build checks the values of flags, finds the folder of a file that is written, and
    /// asks git.
    /// </summary>
    public static bool AreRepeatable(VerbCall call)
    {
        var files = call.Verb.Options.Where(option => option.Value == "file").Select(option => option.Property);
        var verbose = call.Verb.NeedsBuildIfVerbose ? call.Verb.VerboseProperty : null;
        return Of(call).All(argument =>
            !files.Contains(argument.Property) && argument.Property != verbose
            && (argument.Value == "true" || !call.Verb.Flags.Contains(argument.Property)));
    }
}
