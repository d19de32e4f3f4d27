using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Worker.Application;
using MigrationsBuild.Worker.Design;
using MigrationsBuild.Worker.Model;
using MigrationsBuild.Worker.Source;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>Discards the newest migration: its files, and its part of the snapshot.</summary>
internal sealed class DiscardedRevision(WorkerRequest request, MigrationsProject project, ContextFinder finder, Assembly application)
{
    /// <summary>Adds the newest migration and the changes of files to an answer; <see langword="null"/> without migrations.</summary>
    /// <exception cref="MigrationsException">The model before the migration isn't known, or there is no Design package.</exception>
    public WorkerAnswer? Make(WorkerAnswer answer, Type type, ContextReport report, SourceMap source)
    {
        if (report.Migrations.Count == 0)
            return null;
        using var context = finder.Create(type);
        var newest = report.Migrations[^1];
        List<SourceChange> changes = [.. newest.Files.Select(file => new SourceChange(file, null))];
        var isKnown = request.KnownSnapshots.Contains(new DraftKey(report.Name, newest.Id));
        if (!isKnown && source.FileOf(RevisionDraft.SnapshotMethod(context)) is { } snapshotFile)
        {
            var text = report.Migrations.Count == 1 ? null : SnapshotBefore(context, type, report.Migrations[^2]);
            changes.Add(new SourceChange(snapshotFile, text, SourceText.HasByteOrderMark(snapshotFile)));
        }

        return answer with { Target = newest, TargetContext = report.Name, Changes = changes };
    }

    private string SnapshotBefore(DbContext context, Type type, MigrationReport previous)
    {
        var model = EarlierMigrationsAssembly.ModelOf(project, context, previous);
        if (model is IMutableModel { } mutable)
        {
            mutable.RemoveAnnotation("ChangeDetector.SkipDetectChanges");
            mutable.SetAnnotation("ProductVersion", ProductInfo.GetVersion());
        }

        var snapshot = context.GetService<IMigrationsAssembly>().ModelSnapshot!.GetType();
        const string Contract = "Microsoft.EntityFrameworkCore.Migrations.Design.IMigrationsCodeGenerator";
        var design = new DesignTime(context, application);
        var text = (string)design.Call(design.CodeGenerator(project.Language), Contract, "GenerateSnapshot", new()
        {
            ["modelSnapshotNamespace"] = snapshot.Namespace,
            ["contextType"] = type,
            ["modelSnapshotName"] = snapshot.Name,
            ["model"] = ModelInitializer.Initialize(context, model),
            ["latestMigrationId"] = previous.Id,
        })!;
        return project.Language is "" or "C#" ? new NameBinding(snapshot.Assembly, type).Bind(text) : text;
    }
}
