using Microsoft.Build.Framework;
using MigrationsBuild.Contexts;
using MigrationsBuild.Designers;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.Git;
using MigrationsBuild.Tasks.Merging;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>
/// Drafts the migrations of this branch again, on top of those of another branch, during a merge or a rebase. It works without a build at
/// first, because a snapshot with conflicts doesn't compile. If it fails, all files are as before.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class DbRebase : MigrationsTask
{
    private const string WriteTarget = "_MigrationsBuildWriteDrafts";

    /// <inheritdoc/>
    private protected override void Run()
    {
        try
        {
            Rebase(new GitRepository(Description.Folder, Cancellation));
        }
        catch (GitException failure)
        {
            throw new MigrationsException(DiagnosticCodes.CannotRebase, $"{failure.Message}.");
        }
    }

    private void Rebase(GitRepository git)
    {
        var sides = MergeSides.Of(git, Call["DbOnto"]);
        var own = Choose(git, sides);
        RefuseOtherConflicts(git, own);
        var before = own.Migrations.Select(migration => MigrationCode.Parse(File.ReadAllText(migration.Source))).ToList();
        var backup = new FileBackup(Description, Path.GetDirectoryName(own.ApprovalsPath)!, own.Files);
        string? drafted = null;
        var isDone = false;
        try
        {
            own.Remove().Commit();
            isDone = Draft(own, before, backup, out drafted);
        }
        finally
        {
            // Also if the build is canceled.
            if (!isDone)
                backup.Restore();
        }

        if (!isDone)
        {
            throw new MigrationsException(
                DiagnosticCodes.CannotRebase,
                $"{own.Name} can't be drafted again, for the reasons above. All files are as before. "
                + "Resolve the conflicts in the model first.",
                Hint.Run(VerbTable.Rebase));
        }

        Report(own, sides, drafted, backup);
    }

    private void Report(OwnMigrations own, MergeSides sides, string? drafted, FileBackup backup)
    {
        var ids = string.Join(", ", own.Migrations.Select(one => one.Id));
        Output.WriteLine(ContextReport.ShortNameOf(own.Context) + ": " + (drafted is null
            ? $"{ids} {(own.Migrations.Count == 1 ? "was" : "were")} removed, because {sides.Name} has the same changes"
            : $"{Path.GetFileNameWithoutExtension(drafted)} replaces {ids}, on top of {sides.Name}"));
        Output.WriteLine($"  The replaced files are kept in {Description.Shown(backup.Folder)} until the next rebase.");
        if (drafted is not null)
            Output.WriteLine("  Read the SQL.", new Hint("Then run", VerbTable.Approve));
        Output.WriteLine($"  Then: git add --all {Description.Shown(Path.GetDirectoryName(own.ApprovalsPath)!)}");
    }

    private OwnMigrations Choose(GitRepository git, MergeSides sides)
    {
        var folders = Description.List("ReferencedFolders").Prepend(Description.Folder);
        var name = Call["DbContextName"];
        bool IsNamed(OwnMigrations own) => name.Length == 0
            || name.Equals(own.Context, StringComparison.OrdinalIgnoreCase)
            || name.Equals(ContextReport.ShortNameOf(own.Context), StringComparison.OrdinalIgnoreCase);
        var found = ApprovalsSearch.Of(folders, []).Files
            .Select(path => OwnMigrations.Find(path, git, sides))
            .OfType<OwnMigrations>()
            .Where(IsNamed)
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
        var open = git.Unmerged().Except(own.Files, StringComparer.OrdinalIgnoreCase)
            .Where(path => path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase))
            .ToList();
        if (open.Count > 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.CannotRebase,
                $"Resolve the conflicts in {string.Join(", ", open.Select(Description.Shown))} first, and mark them as resolved: git add.",
                Hint.Run(VerbTable.Rebase),
                new Location(open[0], 1, 1));
        }
    }

    /// <summary>Drafts the migration. If only statements by hand are left, the draft contains nothing else.</summary>
    /// <param name="own">The migrations before.</param>
    /// <param name="before">Their C#; <see langword="null"/> for one that can't be read.</param>
    /// <param name="backup">The files before.</param>
    /// <param name="drafted">The C# file of the draft; <see langword="null"/> if none is needed.</param>
    /// <returns>Whether everything succeeded.</returns>
    private bool Draft(OwnMigrations own, IReadOnlyList<MigrationCode?> before, FileBackup backup, out string? drafted)
    {
        var message = Call["Msg"].Length > 0 ? Call["Msg"] : own.Name;
        drafted = null;
        if (!BuildProject(VerbTable.Revision.Target, ("DbContextName", own.Context), ("Msg", message)))
            return false;
        bool IsByHand(string statement) => new RebasedStatements([statement], []).Kept.Count > 0;
        var needsDraft = before.Contains(null) || before.SelectMany(code => code!.Up.Concat(code.Down)).Any(IsByHand);
        if (Drafted(backup) is null && needsDraft && !BuildProject(
            VerbTable.Revision.Target, ("DbContextName", own.Context), ("Msg", message), ("DbEmpty", "true")))
        {
            return false;
        }

        drafted = Drafted(backup);
        return drafted is null ? !needsDraft : AddStatements(drafted, before, own);
    }

    /// <summary>The C# file that was written since the backup.</summary>
    private static string? Drafted(FileBackup backup) => backup.Created.SingleOrDefault(path =>
        path.EndsWith(".cs", StringComparison.Ordinal) && MigrationSource.HasMigrationName(path));

    /// <summary>Builds a target of this project as it is now: the files that it compiles have changed.</summary>
    private bool BuildProject(string target, params (string Name, string Value)[] arguments)
    {
        var properties = arguments.ToDictionary(argument => argument.Name, argument => argument.Value);
        properties["_MigrationsBuildDraft"] = Guid.NewGuid().ToString("N");
        var result = ((IBuildEngine3)BuildEngine).BuildProjectFilesInParallel(
            [Description.FilePath], [target], [properties], [["DbOnto"]], [null!], returnTargetOutputs: false);
        return result.Result;
    }

    /// <summary>Adds the statements that were written by hand, and shows what else differs.</summary>
    /// <returns>Whether the project compiles with them.</returns>
    private bool AddStatements(string drafted, IReadOnlyList<MigrationCode?> before, OwnMigrations own)
    {
        if (MigrationCode.Parse(File.ReadAllText(drafted)) is not { } code || before.Contains(null))
        {
            Diagnostics.WriteWarning(new Diagnostic(
                DiagnosticCodes.CannotRebase,
                $"The C# of {string.Join(", ", own.Migrations.Select(one => one.Id))} can't be read. "
                + "Copy the statements that were written by hand yourself.",
                new Location(drafted, 1, 1)));
            return true;
        }

        var up = new RebasedStatements([.. before.SelectMany(one => one!.Up)], code.Up);
        var down = new RebasedStatements([.. before.Reverse().SelectMany(one => one!.Down)], code.Down);
        Show("kept", up.Kept.Concat(down.Kept));
        Show("no longer needed", up.Dropped.Concat(down.Dropped));
        Show("new", up.Added.Concat(down.Added));
        var files = new FileTransaction();
        files.Write(drafted, code.With(up.All, down.All), SourceText.HasByteOrderMark(drafted));
        if (!files.Written.Any())
            return true;
        files.Commit();
        return BuildProject(WriteTarget);
    }

    private void Show(string what, IEnumerable<string> statements)
    {
        foreach (var statement in statements)
            Output.WriteLine($"  {what}: {MigrationCode.Normalize(statement)}");
    }
}
