using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Sql;
using MigrationsBuild.Tasks.Approving;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Drafting;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>
/// Writes the SQL of migrations, which was edited, into their C#: as calls of <c>migrationBuilder.Sql</c>. Then EF Core, the C# and the
/// SQL files agree again.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class DbEject : MigrationsTask
{
    /// <inheritdoc/>
    private protected override void Run()
    {
        if (Call["DbRev"].Length == 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.InvalidSetting, "The migration to eject is missing.", Hint.Run(VerbTable.Eject, "<id>"));
        }

        var request = Description.Request() with { EmitRevisions = Call["DbRev"], ContextName = Call["DbContextName"] };
        var verdict = new ModelCheck(Description, Log) { WritesDrafts = false }.Ask(request, Cancellation);
        var review = Choose(verdict);
        Require(review);
        var chain = new MigrationChain(review.Migrations.Select(migration => migration.Id));
        var ids = RevisionExpression.Split(Call["DbRev"]).Select(chain.IdOf).ToList();
        var named = review.Migrations.Where(migration => ids.Contains(migration.Id, MigrationId.Equality)).ToList();
        new CompiledMigrations(Description, new Hint("To compile it first", VerbTable.Eject, Call["DbRev"])).Require(review.Report, named);
        foreach (var migration in named.Where(migration => !EjectedMigration.IsNeeded(migration)))
            Output.WriteLine($"{migration.Id}: its C# already generates the SQL of its files.");
        Eject(review, [.. named.Where(EjectedMigration.IsNeeded)]);
    }

    private void Eject(ContextReview review, IReadOnlyList<ReviewedMigration> migrations)
    {
        if (migrations.Count == 0)
            return;
        var all = migrations.Select(migration => (Migration: migration, Ejected: new EjectedMigration(migration))).ToList();
        var kept = new KeptFiles(Description, "ejected", all.SelectMany(one => one.Migration.Report.Files));
        var files = new FileTransaction();
        all.ForEach(one => one.Ejected.AddTo(files));
        var changes = all.ConvertAll(one => one.Ejected.Code);
        files.Commit(() => DraftCheck.Run(all[0].Migration.Report, changes, review.Report.MigrationsAssembly));
        foreach (var (migration, ejected) in all)
            Show(migration, ejected);
        Output.WriteLine($"  The previous files are kept in {Description.Shown(kept.Folder)} until the next eject.");
    }

    private static void Require(ContextReview review)
    {
        if (review.Report.Dialect == SqlDialect.Other)
        {
            throw new MigrationsException(
                DiagnosticCodes.UnknownProvider,
                $"SQL is ejected for PostgreSQL and SQLite only: {review.Report.ShortName} uses {review.Report.Provider}.");
        }

        if (review.Approvals is null)
        {
            throw new MigrationsException(
                DiagnosticCodes.AdoptFirst, $"{review.Report.ShortName} has no approvals file.", Hint.Run(VerbTable.Approve));
        }
    }

    private void Show(ReviewedMigration migration, EjectedMigration ejected)
    {
        var down = ejected.DownCalls > 0 ? $", {ejected.DownCalls} in Down" : ", Down as before";
        Output.WriteLine($"{migration.Id}: {ejected.UpCalls} Sql {(ejected.UpCalls == 1 ? "call" : "calls")} in Up{down}");
        var isApproved = migration is { Approval: not null, State: MigrationState.Approved } && !ejected.ChangesLayout;
        if (ejected.ChangesLayout)
            Output.WriteLine("  The empty lines of the SQL have changed.");
        if (isApproved)
            Output.WriteLine("  The SQL is unchanged, so the approval remains valid.");
        else
            Output.WriteLine("  Read the SQL.", new Hint("Then run", VerbTable.Approve, migration.Approval is null ? null : migration.Id));
    }
}
