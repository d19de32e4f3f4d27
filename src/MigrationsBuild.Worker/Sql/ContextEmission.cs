using Microsoft.EntityFrameworkCore;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Sql;
using MigrationsBuild.Worker.Application;
using MigrationsBuild.Worker.Source;

namespace MigrationsBuild.Worker.Sql;

/// <summary>Generates the SQL of those migrations of a context for which a request needs it.</summary>
/// <param name="source">Finds the lines of operations.</param>
/// <param name="watchdog">Each migration is a step of its own.</param>
internal sealed class ContextEmission(WorkerRequest request, SourceMap source, Watchdog watchdog)
{
    /// <summary>Adds the SQL to the report on a context.</summary>
    public ContextReport Emit(DbContext context, ContextReport report)
    {
        var wanted = Wanted(report);
        var linted = Linted(report);
        if (wanted.Count + linted.Count == 0)
            return report;

        var models = new TargetModels(request.Find(report.MigrationsAssembly), context);
        if (models.Missing(report, [.. wanted, .. linted]) is { Count: > 0 } missing)
            return report with { MissingModels = missing };
        var emitter = new SqlEmitter(context, models, source);
        HashSet<string> pinned = request.Emission == EmissionScope.Drafts ? [.. Drafts(report), .. Named(report)] : [];
        return report with
        {
            Migrations = [.. report.Migrations.Select((migration, i) => WithSchema(
                wanted.Contains(migration.Id) ? migration with { Emission = Emit(i) } : migration, i))],
        };

        MigrationReport WithSchema(MigrationReport migration, int index) => linted.Contains(migration.Id)
            ? migration with { Schema = emitter.Schema(migration.Id, Previous(index), SqlOf(migration)) }
            : migration;

        string? Previous(int index) => index == 0 ? null : report.Migrations[index - 1].Id;

        Emission Emit(int index)
        {
            var id = report.Migrations[index].Id;
            var before = report.Migrations.Take(index).Count(migration => wanted.Contains(migration.Id));
            watchdog.Begin(WorkStep.For(
                $"the SQL of {id} (migration {before + 1} of {wanted.Count} of {report.ShortName})",
                report.ShortName,
                $"SQL of {before} of {wanted.Count} migrations, now {id}"));
            return emitter.Emit(
                id,
                Previous(index),
                first => pinned.Contains(id) || MayBeNonDeterministic(report, report.Migrations[index] with { Emission = first }));
        }
    }

    /// <summary>The SQL in which tables are named: that of the C#, and that of a file, which may have been edited.</summary>
    private static string SqlOf(MigrationReport migration) =>
        migration.Emission?.Up + (File.Exists(migration.Up) ? File.ReadAllText(migration.Up) : "");

    private static bool MayBeNonDeterministic(ContextReport report, MigrationReport migration)
    {
        try
        {
            return ContextReview.NeedsSecondEmission(report, migration);
        }
        catch (MigrationsException)
        {
            // The review reports that the approvals file can't be read.
            return false;
        }
    }

    /// <summary>The migrations that the request names. They may belong to another context, and the verb reports those of none.</summary>
    private IEnumerable<string> Named(ContextReport report)
    {
        var chain = new MigrationChain(report.Migrations.Select(migration => migration.Id));
        foreach (var revision in RevisionExpression.Split(request.EmitRevisions))
        {
            string id;
            try
            {
                id = chain.IdOf(revision);
            }
            catch (MigrationsException)
            {
                continue;
            }

            yield return id;
        }
    }

    private HashSet<string> Wanted(ContextReport report)
    {
        var ids = report.Migrations.Select(migration => migration.Id);
        var wanted = (request.Emission switch
        {
            EmissionScope.All => ids,
            EmissionScope.Drafts => ContextReview.NeedEmission(report).Concat(Drafts(report)),
            _ => ContextReview.NeedEmission(report),
        }).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (report.Migrations.Count > 0)
            wanted.UnionWith(Named(report));
        return wanted;
    }

    /// <summary>The migrations that the lint checks. Those from before an adoption are never checked.</summary>
    private HashSet<string> Linted(ContextReport report)
    {
        try
        {
            return !request.Lints || report.Dialect == SqlDialect.Other || report.Migrations.Count == 0
                || ContextReview.ReadApprovals(report) is null
                ? []
                : [.. Drafts(report), .. Named(report)];
        }
        catch (MigrationsException)
        {
            // The review reports that the approvals file can't be read.
            return [];
        }
    }

    private static IEnumerable<string> Drafts(ContextReport report)
    {
        var approvals = File.Exists(report.ApprovalsPath) ? ApprovalsFile.Read(report.ApprovalsPath) : null;
        return report.Migrations.Select(migration => migration.Id).Where(id => approvals?.Find(id) is null);
    }
}
