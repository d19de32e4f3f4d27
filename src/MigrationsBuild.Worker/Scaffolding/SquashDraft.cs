using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Revisions;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;
using MigrationsBuild.Worker.Application;
using MigrationsBuild.Worker.Design;
using MigrationsBuild.Worker.Sql;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>Writes one migration that replaces the oldest ones, in EF Core's own format. The snapshot stays as it is.</summary>
/// <param name="application">The assembly that creates the contexts.</param>
internal sealed class SquashDraft(WorkerRequest request, MigrationsProject project, ContextFinder finder, Assembly application)
{
    /// <summary>Adds the new migration to an answer; <see langword="null"/> if a model that it needs must be compiled first.</summary>
    /// <exception cref="MigrationsException">There is no such revision, the name is not usable, or there is no Design package.</exception>
    public WorkerAnswer? Make(WorkerAnswer answer, Type type, ContextReport report)
    {
        if (report.MissingModels.Count > 0)
            return null;
        var chain = new MigrationChain(report.Migrations.Select(migration => migration.Id));
        var last = chain.Find(chain.IdOf(request.SquashTo))!.Value;
        using var context = finder.Create(type);
        CheckName(context, report, last);
        DesignTime.Require();
        var replaced = Replaced(context, report.Migrations.Take(last + 1));
        var emission = new SqlEmitter(context).Emit(ModelOf(context, replaced[^1]), Differ(context, replaced, new(areForCode: false)));
        var (migration, changes) = Write(type, report, last, emission);
        return answer with { Target = migration, TargetContext = report.Name, Changes = changes };
    }

    private string NewId(ContextReport report, int last) =>
        new FixedTimestampIdGenerator(report.Migrations[last].Id).GenerateId(request.RevisionName);

    /// <exception cref="MigrationsException">The name is in use, or the next migration would come before the new one.</exception>
    private void CheckName(DbContext context, ContextReport report, int last)
    {
        var assembly = context.GetService<IMigrationsAssembly>();
        var another = Hint.Add("Choose another message", "Msg", "another message");
        new MigrationNameCheck(project, report, assembly) { Another = another }.Check(request.RevisionName);
        if (last + 1 < report.Migrations.Count && report.Migrations[last + 1].Id is var next
            && MigrationId.Order.Compare(NewId(report, last), next) >= 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.DuplicateName,
                $"{NewId(report, last)} would come after {next}, which stays.",
                another);
        }
    }

    private static List<Migration> Replaced(DbContext context, IEnumerable<MigrationReport> migrations)
    {
        var assembly = context.GetService<IMigrationsAssembly>();
        return [.. migrations.Select(migration => assembly.CreateMigration(
            assembly.Migrations[migration.Id], context.Database.ProviderName!))];
    }

    /// <summary>The model after a migration, from its Designer file, updated to this version of EF Core.</summary>
    /// <exception cref="MigrationsException">It has no Designer file.</exception>
    private IModel ModelOf(DbContext context, Migration migration) =>
        new TargetModels(project, context).Find(migration) is { } model
            ? DesignTime.ProcessSnapshot(context, model)
            : throw new MigrationsException(
                DiagnosticCodes.NothingToDo,
                $"{migration.GetType().Name} has no Designer file, so it is unknown what a squashed migration must create. "
                + "Restore the file from version control, or squash up to another migration.");

    private SquashedDiffer Differ(DbContext context, List<Migration> replaced, DraftStatements statements) => new(
        context.GetService<IMigrationsModelDiffer>(),
        new ColumnHistory(replaced, rebuildsTables: SqlDialects.OfProvider(context.Database.ProviderName!) == SqlDialect.Sqlite),
        [.. request.CarriedUp.Select(statements.Inside)],
        [.. request.CarriedDown.Select(statements.Inside)]);

    /// <summary>Not part of <see cref="Make"/>, because it uses a type of the Design package, which may be missing.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private (MigrationReport Migration, IReadOnlyList<SourceChange> Changes) Write(
        Type type, ContextReport report, int last, Emission emission)
    {
        using var context = finder.Create(type);
        var replaced = Replaced(context, report.Migrations.Take(last + 1));
        var isCSharp = project.Language is "" or "C#";
        var statements = new DraftStatements(areForCode: isCSharp);
        var design = new DesignTime(context, application, new Dictionary<Type, object>
        {
            [typeof(IModel)] = ModelOf(context, replaced[^1]),
            [typeof(IMigrationsAssembly)] = new EarlierMigrationsAssembly(project, context, []),
            [typeof(IMigrationsIdGenerator)] = new FixedTimestampIdGenerator(report.Migrations[last].Id),
            [typeof(IMigrationsModelDiffer)] = Differ(context, replaced, statements),
        });
        var code = (ScaffoldedMigration)design.Scaffold(
            project.Language, request.RevisionName, rootNamespace: null, subNamespace: replaced[^1].GetType().Namespace);
        var folder = Path.GetDirectoryName(report.Migrations[last].Source)!;
        var files = ScaffoldedFiles.Of(context, code, folder, emission, isCSharp ? statements : null);
        return (files.Migration, files.Changes);
    }
}
