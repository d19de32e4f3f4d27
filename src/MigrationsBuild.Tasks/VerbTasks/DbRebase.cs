using Microsoft.Build.Framework;
using MigrationsBuild.Contexts;
using MigrationsBuild.Designers;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.Merging;
using MigrationsBuild.Tasks.Processes;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>
/// Drafts the migrations of this branch again, on top of those of another branch, during a merge or a rebase. It works without a build at
/// first, because a snapshot with conflicts doesn't compile. If it fails, all files are as before.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class DbRebase : MigrationsTask
{
    /// <inheritdoc/>
    private protected override void Run()
    {
        var git = new GitRepository(Description.Folder, new GitProgram("git", Cancellation));
        var sides = MergeSides.Of(git, Call["DbOnto"]);
        var own = Choose(git, sides);
        RefuseOtherConflicts(git, own);
        var before = own.Migrations.Select(migration => MigrationCode.Parse(File.ReadAllText(migration.Source))).ToList();
        var backup = new FileBackup(Description, own.Files);
        own.Remove().Commit();
        var drafted = BuildProject(VerbTable.Revision.Target, own.Name) ? Newest(own) : null;
        var isDone = false;
        try
        {
            if (drafted is not null)
                isDone = AddStatements(drafted, before, own);
        }
        finally
        {
            if (!isDone)
                Restore(backup, drafted);
        }

        if (!isDone)
        {
            throw new MigrationsException(
                DiagnosticCodes.CannotRebase,
                $"{own.Name} can't be drafted again, for the reasons above. All files are as before. "
                + "Resolve the conflicts in the model first.",
                Hint.Run(VerbTable.Rebase));
        }

        Output.WriteLine(
            $"{ContextReport.ShortNameOf(own.Context)}: {drafted!.Id} replaces {string.Join(", ", own.Migrations.Select(one => one.Id))}, "
            + $"on top of {sides.Name}");
        Output.WriteLine($"  The replaced files are kept in {Description.Shown(backup.Folder)} until the next rebase.");
        Output.WriteLine(
            $"  Then: git add --all {Description.Shown(Path.GetDirectoryName(own.ApprovalsPath)!)}",
            new Hint("Read the SQL, then run", VerbTable.Approve));
    }

    private OwnMigrations Choose(GitRepository git, MergeSides sides)
    {
        var folders = Description.List("ReferencedFolders").Prepend(Description.Folder);
        var name = Call["DbContextName"];
        var found = ApprovalsSearch.Find(folders, [])
            .Select(path => OwnMigrations.Find(path, git, sides))
            .OfType<OwnMigrations>()
            .Where(own => name.Length == 0 || name == own.Context || name == ContextReport.ShortNameOf(own.Context))
            .ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new MigrationsException(
                DiagnosticCodes.CannotRebase, $"There is no migration that {sides.Name} doesn't have.", Hint.Run(VerbTable.Check)),
            _ => throw new MigrationsException(
                DiagnosticCodes.SeveralContexts,
                $"Several contexts have migrations that {sides.Name} doesn't have: "
                + $"{string.Join(", ", found.Select(own => ContextReport.ShortNameOf(own.Context)))}.",
                Hint.Add("Name one", "DbContextName", ContextReport.ShortNameOf(found[0].Context))),
        };
    }

    /// <summary>The model has to compile. Only the files of the migrations are resolved by this verb.</summary>
    private void RefuseOtherConflicts(GitRepository git, OwnMigrations own)
    {
        var open = git.Unmerged().Except(own.Files).Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).ToList();
        if (open.Count > 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.CannotRebase,
                $"Resolve the conflicts in {string.Join(", ", open.Select(Description.Shown))} first, and mark them as resolved: git add.",
                Hint.Run(VerbTable.Rebase),
                new Location(open[0], 1, 1));
        }
    }

    /// <summary>Builds a target of this project as it is now: the files that it compiles have changed.</summary>
    private bool BuildProject(string target, string message)
    {
        var properties = new Dictionary<string, string> { ["_MigrationsBuildDraft"] = Guid.NewGuid().ToString("N") };
        if (message.Length > 0)
            properties["Msg"] = message;
        var result = ((IBuildEngine3)BuildEngine).BuildProjectFilesInParallel(
            [Description.FilePath], [target], [properties], [["DbOnto"]], [null!], returnTargetOutputs: false);
        return result.Result;
    }

    /// <summary>The draft that was written.</summary>
    private static MigrationReport? Newest(OwnMigrations own) => Directory
        .GetFiles(Path.GetDirectoryName(own.Migrations[0].Source)!, $"*_{own.Name}.cs")
        .Select(path => new MigrationReport(Path.GetFileNameWithoutExtension(path), path, "", Emission: null))
        .OrderBy(migration => migration.Id, MigrationId.Order)
        .LastOrDefault();

    /// <summary>Adds the statements that were written by hand, and shows what else differs.</summary>
    /// <returns>Whether the project compiles with them.</returns>
    private bool AddStatements(MigrationReport drafted, IReadOnlyList<MigrationCode?> before, OwnMigrations own)
    {
        var text = File.ReadAllText(drafted.Source);
        if (MigrationCode.Parse(text) is not { } code || before.Contains(null))
        {
            Diagnostics.WriteWarning(new Diagnostic(
                DiagnosticCodes.CannotRebase,
                $"The C# of {string.Join(", ", own.Migrations.Select(one => one.Id))} can't be read. "
                + "Copy the statements that were written by hand yourself.",
                new Location(drafted.Source, 1, 1)));
            return true;
        }

        var up = new RebasedStatements([.. before.SelectMany(one => one!.Up)], code.Up);
        var down = new RebasedStatements([.. before.Reverse().SelectMany(one => one!.Down)], code.Down);
        Show("kept", up.Kept.Concat(down.Kept));
        Show("no longer needed", up.Dropped);
        Show("new", up.Added);
        if (up.Kept.Count + down.Kept.Count == 0)
            return true;
        var files = new FileTransaction();
        files.Write(drafted.Source, code.With(up.All, down.All).TrimStart('\uFEFF'), byteOrderMark: HasByteOrderMark(drafted.Source));
        files.Commit();
        return BuildProject("Build", "");
    }

    private void Show(string what, IEnumerable<string> statements)
    {
        foreach (var statement in statements)
            Output.WriteLine($"  {what}: {MigrationCode.Normalize(statement)}");
    }

    private static bool HasByteOrderMark(string path)
    {
        using var file = File.OpenRead(path);
        return file.ReadByte() == 0xEF;
    }

    private static void Restore(FileBackup backup, MigrationReport? drafted)
    {
        if (drafted is not null)
        {
            foreach (var path in new[] { drafted.Source, drafted.Designer, drafted.Up, drafted.Down })
                File.Delete(path);
        }

        backup.Restore();
    }
}
