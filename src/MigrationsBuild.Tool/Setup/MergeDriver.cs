using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.Setup;

/// <summary>The merge driver of git for model snapshots and approvals files.</summary>
internal static class MergeDriver
{
    /// <summary>The name of the driver, which <c>.gitattributes</c> refers to.</summary>
    public const string Name = "migrationsbuild";

    /// <summary>The command of the tool that git calls.</summary>
    public const string Verb = "merge-file";

    /// <summary>The description in git's configuration.</summary>
    public const string Description = "MigrationsBuild: model snapshots and approvals";

    /// <summary>
    /// The command line in git's configuration. git runs it in a shell, in the root of the repository. If the tool is missing in the clone,
    /// or can't merge the file, <c>git merge-file</c> merges its lines. A conflict that the tool has written has an exit code of its own,
    /// because <c>dotnet</c> ends with 1 if there is no tool.
    /// </summary>
    public static string Command { get; } =
        $"dotnet db {Verb} %O %A %B %L %P || "
        + $"{{ test $? -ne {ExitCodes.Conflict} && git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B; }}";

    /// <summary>The lines of <c>.gitattributes</c>. The names of migrations begin with the digits of their time.</summary>
    public static IReadOnlyList<string> Attributes { get; } =
    [
        $"*ModelSnapshot.cs merge={Name}",
        $"*.approvals text eol=lf merge={Name}",
        "[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]*_*.sql text eol=lf",
    ];
}
