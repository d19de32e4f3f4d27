using Microsoft.Build.Framework;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Sql;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Git;
using MigrationsBuild.Tasks.Processes;
using MigrationsBuild.Tasks.Squashing;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>
/// Replaces the approved migrations up to <c>DbTo</c> by one draft. The worker drafts it from the model of the last one, and the runner
/// proves on scratch databases that it produces the same database. Only then files are written.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class DbSquash : RunnerTask
{
    /// <inheritdoc/>
    private protected override void Run()
    {
        if (Call["DbTo"].Length == 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.InvalidSetting, "The last migration to replace is missing.", Hint.Run(VerbTable.Squash, "<revision>"));
        }

        var request = Description.Request() with
        {
            SquashTo = Call["DbTo"],
            EmitRevisions = Call["DbTo"],
            RevisionName = MigrationName.FromMessage(Call["Msg"].Length > 0 ? Call["Msg"] : "squashed"),
            ContextName = Call["DbContextName"],
            WantsConnections = !Description.IsStrict && !VerbConnection.IsSet(Description.Settings.ConnectionVariable),
        };
        var verdict = new ModelCheck(Description, Log).Ask(request, Cancellation);
        var review = Choose(verdict);
        var chain = new MigrationChain(review.Migrations.Select(migration => migration.Id));
        var replaced = review.Migrations.Take(chain.Find(chain.IdOf(request.SquashTo))!.Value + 1).ToList();
        Require(verdict, review, replaced);
        var connection = IsUnsupported(review) ? FoundConnection.None
            : new VerbConnection(Description, canOmit: true, canOmitIfStrict: true).Find(review.Report, () => verdict.Connections);

        var carried = Prove(verdict, review, replaced, connection);
        if (carried.Count > 0 && !Log.HasLoggedErrors)
        {
            var down = carried.Select(statement => statement.Find("down")).OfType<string>().Reverse();
            request = request with { CarriedUp = [.. carried.Select(statement => statement["up"])], CarriedDown = [.. down] };
            verdict = new ModelCheck(Description, Log).Ask(request, Cancellation);
            Choose(verdict);
            carried = Prove(verdict, review, replaced, connection);
        }

        if (Log.HasLoggedErrors)
            return;
        if (carried.Count > 0)
            throw new MigrationsException(DiagnosticCodes.Internal, "The statements that were carried over have no effect.");
        foreach (var statement in request.CarriedUp)
            Output.WriteLine($"  carried over: {statement.Split('\n')[0].TrimEnd()}");
        WarnIfIgnored(new SquashedFiles(Description, review, replaced).Write(verdict.Answer, DraftCheck, Output));
    }

    /// <exception cref="MigrationsException">The migrations can't be replaced as they are.</exception>
    private void Require(ModelVerdict verdict, ContextReview review, List<ReviewedMigration> replaced)
    {
        var uncompiled = review.Findings.Where(finding => finding.Code == DiagnosticCodes.NotCompiled);
        if (verdict.RefusalsOf(review).Concat(uncompiled).FirstOrDefault() is { } refusal)
            throw new MigrationsException(refusal);
        if (review.Approvals is null)
        {
            throw new MigrationsException(
                DiagnosticCodes.AdoptFirst,
                $"{review.Report.ShortName} has no approvals file, which names the migrations that a squashed one replaces.",
                Hint.Run(VerbTable.Approve));
        }

        if (replaced.Find(migration => migration.State != MigrationState.Approved) is { } unapproved)
        {
            throw new MigrationsException(
                DiagnosticCodes.NotSquashed,
                $"{unapproved.Id} is not approved, so the SQL that a squashed migration has to match is unknown.",
                Hint.Run(VerbTable.Approve, unapproved.Approval is null ? null : unapproved.Id));
        }

        if (replaced.Find(migration => migration.Approval is { HasSql: false }) is { } without)
        {
            throw new MigrationsException(
                DiagnosticCodes.NotSquashed,
                $"{without.Id} was approved without SQL, so the database that a squashed migration has to produce is unknown. "
                + "Squash up to an earlier migration.");
        }

        if (replaced.Count == 1)
            throw new MigrationsException(DiagnosticCodes.NotSquashed, $"{replaced[0].Id} is the first migration. Name a later one.");
        var folders = replaced.Select(migration => Path.GetDirectoryName(migration.Report.Source)!).Distinct();
        if (folders.SelectMany(Changes).FirstOrDefault() is { } changed)
        {
            throw new MigrationsException(
                DiagnosticCodes.NotSquashed,
                $"The folder of the migrations has changes that aren't committed ({changed.Trim()}), "
                + "and a squash deletes files. Commit them, or remove them.");
        }
    }

    /// <summary>The uncommitted changes of a folder; none if it isn't under version control.</summary>
    private IReadOnlyList<string> Changes(string folder)
    {
        try
        {
            return new GitRepository(folder, Cancellation).Changes();
        }
        catch (GitException failure) when (failure.IsAbsent)
        {
            return [];
        }
        catch (GitException failure)
        {
            throw new MigrationsException(
                DiagnosticCodes.NotSquashed,
                $"It is unknown whether {folder} has changes that aren't committed, because {failure.Message}. "
                + "A squash deletes files, so nothing was written.");
        }
    }

    /// <summary>Has the runner compare the squashed migration with those that it replaces.</summary>
    /// <returns>The statements that the squashed migration must carry over; none if it is proven, or the proof has failed.</returns>
    private List<MessageLine> Prove(
        ModelVerdict verdict, ContextReview review, List<ReviewedMigration> replaced, FoundConnection connection)
    {
        var draft = verdict.Answer.Target ?? throw new MigrationsException(DiagnosticCodes.Internal, "The worker has drafted nothing.");
        if (draft.Emission?.Up is not { } up)
        {
            throw new MigrationsException(
                DiagnosticCodes.NotEmittable, $"{draft.Id} can't be written as SQL: {draft.Emission?.Reason}. Nothing was written.");
        }

        var folder = Description.StateFile("squash-" + Guid.NewGuid().ToString("N").Substring(0, 8));
        var staged = draft with { Source = Path.Combine(folder, Path.GetFileName(draft.Source)) };
        try
        {
            var files = new FileTransaction();
            ContextReview.WriteSql(review.Report, staged, files);
            files.Commit();
            var ids = replaced.ConvertAll(migration => migration.Id);
            var manifest = verdict.ManifestOf(review);
            manifest = manifest with
            {
                Migrations = [.. ids.Select(manifest.Find), Draft(staged, up)],
                Squashes = [new Squash(draft.Id, ids)],
            };
            var process = new RunnerProcess(Description, Output, Diagnostics, Terminal) { Context = verdict.NameFor(review) };
            process.Run(new RunnerInput(Request(connection, review), manifest), connection.ConnectionString, Cancellation);
            return [.. process.Results.Where(result => result.Name == RunnerMessages.Carried)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ManifestMigration Draft(MigrationReport staged, string up)
    {
        var down = staged.Emission!.Down;
        return new ManifestMigration(
            staged.Id,
            MigrationState.Draft,
            staged.Up,
            SqlFile.HashOf(up),
            down is null ? null : staged.Down,
            down is null ? "" : SqlFile.HashOf(down),
            staged.Emission.Reason);
    }
}
