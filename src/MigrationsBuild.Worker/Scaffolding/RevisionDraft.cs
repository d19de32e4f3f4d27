using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.EntityFrameworkCore.Storage;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Revisions;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;
using MigrationsBuild.Worker.Application;
using MigrationsBuild.Worker.Design;
using MigrationsBuild.Worker.Model;
using MigrationsBuild.Worker.Source;
using MigrationsBuild.Worker.Sql;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>Writes a new migration that covers the drift, in EF Core's own format.</summary>
/// <param name="application">The assembly that creates the contexts.</param>
/// <param name="amends">Whether the newest migration is generated again.</param>
internal sealed class RevisionDraft(
    WorkerRequest request, MigrationsProject project, ContextFinder finder, Assembly application, bool amends)
{
    private GivenSql? _given;

    /// <summary>
    /// Adds the new migration to an answer; <see langword="null"/> if there is no drift and the request doesn't ask for an empty migration.
    /// </summary>
    public WorkerAnswer? Make(WorkerAnswer answer, Type type, ContextReport report, SourceMap source)
    {
        using var forSql = finder.Create(type);
        _given = GivenSql.Of(request, report.Dialect);
        if (amends && report.Migrations.Count == 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.NothingToDo,
                $"{report.ShortName} has no migrations, so there is none to amend.",
                Hint.Run(VerbTable.Revision));
        }

        var differ = Differ(forSql);
        var drift = new ModelDrift(forSql, amends ? Earlier(forSql, report) : null, differ);
        differ?.RequireApplied();
        var findings = new DriftFindings(drift, source);
        if (!drift.HasSnapshot)
            throw new MigrationsException(findings.MissingSnapshot);
        CheckDrift(drift, findings, report);
        if (drift.Operations.Count == 0 && !request.RevisionEmpty)
            return null;

        var name = NameOf(drift, report);
        if (!amends || !MigrationId.Equality.Equals(name, MigrationId.NameOf(report.Migrations[^1].Id)))
            new MigrationNameCheck(project, report, forSql.GetService<IMigrationsAssembly>()).Check(name);
        DesignTime.Require();
        var emitter = new SqlEmitter(forSql);
        var isOnline = request.RevisionOnline && SqlDialects.OfProvider(report.Provider) == SqlDialect.PostgreSql;
        var hasStatements = isOnline || _given is not null;
        var emission = emitter.Emit(drift, hasStatements ? Writing(forSql, differ, new DraftStatements(areForCode: false)) : null);
        var dialect = SqlDialects.OfProvider(report.Provider);
        var snapshotFile = source.FileOf(SnapshotMethod(forSql));
        var (migration, changes) = UnsupportedLiteral.Explain(
            drift.Operations, () => Write(type, name, report, emission, snapshotFile, hasStatements));
        return answer with
        {
            Target = dialect == SqlDialect.Other ? migration : migration with { Schema = emitter.Schema(drift, emission.Up ?? "") },
            TargetContext = report.Name,
            Changes = changes,
            DraftWarnings = new DraftWarnings(drift, emission, dialect, forSql.GetService<ISqlGenerationHelper>()).All,
        };
    }

    /// <summary>The migrations without the newest one.</summary>
    private EarlierMigrationsAssembly Earlier(DbContext context, ContextReport report) =>
        new(project, context, [.. report.Migrations.SkipLast(1)]);

    /// <summary>The comparison with the renames of the request; <see langword="null"/> if it names none.</summary>
    private RenamingDiffer? Differ(DbContext context) => RenameAnswers.Parse(request.RevisionRenames) is { AreEmpty: false } renames
        ? new RenamingDiffer(context.GetService<IMigrationsModelDiffer>(), renames)
        : null;

    /// <summary>The comparison whose operations contain statements: those of the request, or those that block less.</summary>
    private IMigrationsModelDiffer Writing(DbContext context, RenamingDiffer? differ, DraftStatements statements) =>
        _given is not null ? new StatementDiffer(_given, statements) : new OnlineDiffer(
            differ ?? context.GetService<IMigrationsModelDiffer>(),
            new OnlineOperations(context.GetService<IMigrationsSqlGenerator>(), context.GetService<ISqlGenerationHelper>(), statements));

    private string NameOf(ModelDrift drift, ContextReport report)
    {
        if (request.RevisionName.Length > 0)
            return request.RevisionName;
        if (amends)
            return MigrationId.NameOf(report.Migrations[^1].Id);
        return drift.DraftName.Length > 0 ? drift.DraftName : "Empty";
    }

    /// <summary>The method of a context's snapshot that builds the model.</summary>
    public static MethodInfo? SnapshotMethod(DbContext context) => context.GetService<IMigrationsAssembly>().ModelSnapshot?.GetType()
        .GetMethod("BuildModel", BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    /// <summary>Not part of <see cref="Make"/>, because it uses a type of the Design package, which may be missing.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private (MigrationReport Migration, IReadOnlyList<SourceChange> Changes) Write(
        Type type, string name, ContextReport report, Emission emission, string? snapshotFile, bool hasStatements)
    {
        using var context = finder.Create(type);
        var statements = hasStatements ? new DraftStatements(areForCode: true) : null;
        var code = Scaffold(context, name, report, statements);
        if (statements is not null && code.FileExtension != ".cs")
        {
            throw _given is not null
                ? new MigrationsException(DiagnosticCodes.NoLanguage, "SQL can be drafted only as a migration in C#.")
                : new MigrationsException(
                    DiagnosticCodes.InvalidSetting,
                    "DbOnline is true, but it supports only migrations in C#.",
                    Hint.Add("To draft without it", "DbOnline", "false"));
        }

        var folder = FolderOf(report, code);
        snapshotFile ??= FreeSnapshotFile(Path.Combine(folder, code.SnapshotName + code.FileExtension), report);
        var files = ScaffoldedFiles.Of(context, code, folder, emission, statements);
        return (files.Migration,
        [
            .. amends && report.Migrations[^1] is var old && old.Id != files.Migration.Id
                ? old.Files.Select(file => new SourceChange(file, null))
                : [],
            .. files.Changes,
            new SourceChange(snapshotFile, files.Snapshot, ScaffoldedFiles.HaveByteOrderMark),
        ]);
    }

    private static string FreeSnapshotFile(string path, ContextReport report) => !File.Exists(path) ? path : throw new MigrationsException(
        DiagnosticCodes.DuplicateName,
        $"The snapshot of {report.Name} can't be written, because this file has a snapshot of another context.",
        Hint.Add("Use a separate folder for each context of that name", "DbMigrationsFolder", "<folder>"),
        new Location(path, 1, 1));

    private void CheckDrift(ModelDrift drift, DriftFindings findings, ContextReport report)
    {
        // Other changes don't matter: the draft would contain values that nobody chose, and the next build would find different ones.
        if (findings.NonDeterminism is { } finding)
            throw new MigrationsException(finding);
        if (request.RevisionEmpty && drift.Operations.Count > 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.NothingToDo,
                $"The model of {report.ShortName} has changes without a migration, so a new migration can't be empty.",
                new Hint("Run first", VerbTable.Revision).With("Msg", MigrationName.ToMessage(drift.DraftName)));
        }
    }

    private ScaffoldedMigration Scaffold(DbContext context, string name, ContextReport report, DraftStatements? statements)
    {
        var replacements = new Dictionary<Type, object>();
        if (amends)
        {
            replacements[typeof(IMigrationsAssembly)] = Earlier(context, report);
            replacements[typeof(IMigrationsIdGenerator)] = new FixedTimestampIdGenerator(report.Migrations[^1].Id);
        }

        var differ = Differ(context);
        if (statements is not null)
            replacements[typeof(IMigrationsModelDiffer)] = Writing(context, differ, statements);
        else if (differ is not null)
            replacements[typeof(IMigrationsModelDiffer)] = differ;
        var isWhole = project.MigrationsNamespace.Length > 0;
        return (ScaffoldedMigration)new DesignTime(context, application, replacements).Scaffold(
            project.Language,
            name,
            rootNamespace: isWhole ? null : project.RootNamespace,
            subNamespace: isWhole ? project.MigrationsNamespace : project.SubNamespace());
    }

    /// <summary>The folder of the newest migration. The folder of the first one follows from its namespace, as EF Core does it.</summary>
    private string FolderOf(ContextReport report, ScaffoldedMigration code) =>
        amends ? Path.GetDirectoryName(report.Migrations[^1].Source)!
        : project.MigrationsFolder.Length > 0 ? Path.GetFullPath(Path.Combine(project.Folder, project.MigrationsFolder))
        : report.Migrations.Count > 0 || project.MigrationsNamespace.Length > 0 ? report.Folder
        : Path.Combine([project.Folder, .. code.MigrationSubNamespace.Split('.', StringSplitOptions.RemoveEmptyEntries)]);
}
