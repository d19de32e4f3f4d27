using System.CommandLine;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Merging;
using MigrationsBuild.Tool.Results;
using MigrationsBuild.Tool.Setup;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.Commands;

/// <summary>
/// <c>dotnet db merge-file</c>: the merge driver that git calls. It writes the result into the file of the own branch. The exit code is 0
/// without conflicts, and <see cref="ExitCodes.Conflict"/> with conflicts. With any other code the file is as before, and only a merge of
/// its lines is possible.
/// </summary>
internal static class MergeFileCommand
{
    public static Command Create()
    {
        var before = new Argument<string>("base") { Description = "The version from which both branches began (%O)" };
        var ours = new Argument<string>("ours") { Description = "The version of the own branch, and the result (%A)" };
        var theirs = new Argument<string>("theirs") { Description = "The version of the other branch (%B)" };
        var size = new Argument<int>("marker-size") { Description = "The number of characters of a conflict marker (%L)" };
        var path = new Argument<string>("path") { Description = "The path of the file in the repository (%P)" };
        var command = new Command(MergeDriver.Verb, "Merge a model snapshot or an approvals file, as git's merge driver")
        {
            before, ours, theirs, size, path,
        };
        command.Hidden = true;
        command.SetAction(parsed => Merge(
            parsed.GetValue(before)!, parsed.GetValue(ours)!, parsed.GetValue(theirs)!, parsed.GetValue(size), parsed.GetValue(path)!));
        return command;
    }

    private static int Merge(string before, string ours, string theirs, int markerSize, string path)
    {
        var merge = FileMerge.Merge(File.ReadAllBytes(before), File.ReadAllBytes(ours), File.ReadAllBytes(theirs), path, markerSize);
        if (merge is null)
        {
            Console.Error.WriteLine(new ReportedDiagnostic(
                "warning",
                DiagnosticCodes.MergedByLines.Id,
                $"{path} can't be merged by its structure, so git merges it line by line.",
                "", 0, 0,
                HelpPage.Of(DiagnosticCodes.MergedByLines)));
            return ExitCodes.Usage;
        }

        FileTransaction.WriteFile(Path.GetFullPath(ours), merge.Content);
        return merge.HasConflicts ? ExitCodes.Conflict : ExitCodes.Done;
    }
}
