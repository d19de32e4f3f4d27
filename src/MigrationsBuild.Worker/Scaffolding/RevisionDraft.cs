using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.EntityFrameworkCore.Storage;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Revisions;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;
using MigrationsBuild.Worker.Application;
using MigrationsBuild.Worker.Model;
using MigrationsBuild.Worker.Sql;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>Writes a new migration that covers the drift, in EF Core's own format.</summary>
/// <param name="request">The request.</param>
/// <param name="project">The project that the migration goes into.</param>
/// <param name="finder">Gives fresh contexts.</param>
/// <param name="application">The assembly that makes the contexts.</param>
/// <param name="amends">Whether the newest migration is made again.</param>
internal sealed class RevisionDraft(WorkerRequest request, MigrationsProject project, ContextFinder finder, Assembly application, bool amends)
{
    private static readonly Hint _anotherMessage = Hint.Run(VerbTable.Revision).With("Msg", "another message");

    /// <summary>The new migration, or <see langword="null"/> if there is no drift and no empty one was asked for.</summary>
    /// <param name="answer">The answer to add it to.</param>
    /// <param name="type">The context's type.</param>
    /// <param name="report">What is known of the context.</param>
    /// <param name="source">Where its snapshot's file is found.</param>
    public WorkerAnswer? Make(WorkerAnswer answer, Type type, ContextReport report, SourceMap source)
    {
        using var forSql = finder.Create(type);
        if (amends && report.Migrations.Count == 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.NothingToDo, $"{report.ShortName} has no migrations, so there is none to amend.", Hint.Run(VerbTable.Revision));
        }

        var drift = new ModelDrift(forSql, amends ? new EarlierMigrationsAssembly(forSql, report.Migrations) : null);
        if (!drift.HasSnapshot)
            throw new MigrationsException(drift.MissingSnapshot(source));
        CheckDrift(drift, report, source);
        if (drift.Operations.Count == 0 && !request.RevisionEmpty)
            return null;

        var name = request.RevisionName.Length > 0 ? request.RevisionName
            : amends ? MigrationId.NameOf(report.Migrations[^1].Id)
            : drift.DraftName.Length > 0 ? drift.DraftName : "Empty";
        if (!amends || !MigrationId.Equality.Equals(name, MigrationId.NameOf(report.Migrations[^1].Id)))
            CheckName(name, report, forSql.GetService<IMigrationsAssembly>());
        DesignTime.Require();
        var emission = new SqlEmitter(forSql).Emit(drift);
        var dialect = SqlDialects.OfProvider(report.Provider);
        var (migration, changes) = UnsupportedLiteral.Explain(drift.Operations, () => Write(type, name, report, emission, source.FileOf(SnapshotMethod(forSql))));
        return answer with
        {
            Target = migration,
            TargetContext = report.Name,
            Changes = changes,
            Foreseen = new DraftWarnings(drift, emission, dialect, forSql.GetService<ISqlGenerationHelper>()).All,
        };
    }

    /// <summary>The method that a context's snapshot is written in.</summary>
    /// <param name="context">The context.</param>
    public static MethodInfo? SnapshotMethod(DbContext context) => context.GetService<IMigrationsAssembly>().ModelSnapshot?.GetType()
        .GetMethod("BuildModel", BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    /// <summary>Apart from <see cref="Make"/>, because it touches a type of the Design package, which may be missing.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private (MigrationReport Migration, IReadOnlyList<SourceChange> Changes) Write(
        Type type, string name, ContextReport report, Emission emission, string? snapshotFile)
    {
        using var context = finder.Create(type);
        var code = Scaffold(context, name, report);
        var bind = Binding(context, name, code);
        var (migrationCode, metadataCode) = (bind(code.MigrationCode), bind(code.MetadataCode));
        var folder = FolderOf(report, code);
        snapshotFile ??= FreeSnapshotFile(Path.Combine(folder, code.SnapshotName + code.FileExtension), report);
        var migration = new MigrationReport(code.MigrationId, Path.Combine(folder, code.MigrationId + code.FileExtension), "", emission);
        var byteOrderMark = ProductInfo.GetVersion().Split('.')[0] is "8" or "9" or "10";
        var hash = MigrationSources.HashOf(ContentHash.OfText(SourceText.Normalize(migrationCode)), ContentHash.OfText(SourceText.Normalize(metadataCode)));
        return (migration with { SourceHash = hash },
        [
            .. amends && report.Migrations[^1] is var old && old.Id != migration.Id
                ? new[] { old.Source, old.Designer, old.Up, old.Down }.Select(path => new SourceChange(path, null))
                : [],
            new SourceChange(migration.Designer, metadataCode, byteOrderMark),
            new SourceChange(migration.Source, migrationCode, byteOrderMark),
            new SourceChange(snapshotFile, bind(code.SnapshotCode), byteOrderMark),
        ]);
    }

    /// <summary>What makes names in the code mean what EF Core means by them.</summary>
    /// <exception cref="MigrationsException">The new class would hide a type from the code beside it, that of earlier migrations as
    /// well.</exception>
    private static Func<string, string> Binding(DbContext context, string name, ScaffoldedMigration code)
    {
        if (code.FileExtension != ".cs")
            return text => text;
        var binding = new NameBinding(context.GetService<IMigrationsAssembly>().Assembly, context.GetType());
        return binding.HiddenBy(name, code.MigrationCode, code.MetadataCode, code.SnapshotCode) is not { } hidden ? binding.Bind : throw new MigrationsException(
            DiagnosticCodes.DuplicateName,
            $"The class {name} would hide {hidden.FullName}, which the migrations use.",
            _anotherMessage);
    }

    private static string FreeSnapshotFile(string path, ContextReport report) => !File.Exists(path) ? path : throw new MigrationsException(
        DiagnosticCodes.DuplicateName,
        $"There is a snapshot of that name, and it isn't {report.Name}'s.",
        Hint.Add("Give contexts of one name a folder each", "DbMigrationsFolder", "<folder>"),
        new Place(path, 1, 1));

    private void CheckDrift(ModelDrift drift, ContextReport report, SourceMap source)
    {
        // Whatever else differs: the draft would hold values that nobody chose, and the next build would find others.
        if (drift.NonDeterminism(source) is { } finding)
            throw new MigrationsException(finding);
        if (request.RevisionEmpty && drift.Operations.Count > 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.NothingToDo,
                $"The model of {report.ShortName} has changes that no migration has, so a new one can't be empty.",
                new Hint("Run first", VerbTable.Revision).With("Msg", MigrationName.ToMessage(drift.DraftName)));
        }
    }

    private void CheckName(string name, ContextReport report, IMigrationsAssembly migrations)
    {
        if (report.Migrations.FirstOrDefault(migration => MigrationId.Equality.Equals(MigrationId.NameOf(migration.Id), name)) is { } taken)
        {
            throw new MigrationsException(
                DiagnosticCodes.DuplicateName,
                $"There is a migration of that name: {taken.Id}.",
                _anotherMessage,
                new Place(taken.Source, 1, 1));
        }

        if (migrations.Assembly.GetTypes().FirstOrDefault(type => type.Name == name && MayBeIn(type, report, migrations)) is { } type)
        {
            throw new MigrationsException(
                DiagnosticCodes.DuplicateName, $"There is a class of that name: {type.FullName}.", _anotherMessage);
        }
    }

    /// <summary>
    /// Whether a class is where the new one goes: where the settings say, else beside the context's own, else where no other context's
    /// are, as EF Core does it.
    /// </summary>
    private bool MayBeIn(Type type, ContextReport report, IMigrationsAssembly migrations)
    {
        var space = project.MigrationsNamespace.Length > 0 ? project.MigrationsNamespace
            : project.MigrationsFolder.Length > 0 ? $"{project.RootNamespace}.{SubNamespace}".Trim('.')
            : migrations.Migrations.Values.LastOrDefault()?.Namespace;
        return type.Namespace == space
            || (type.Namespace == project.RootNamespace && project.RootNamespace.Length > 0)
            || (space is null && type.Namespace == $"{project.RootNamespace}.Migrations".Trim('.')
                && (type.GetCustomAttribute<DbContextAttribute>()?.ContextType.FullName is not { } owner || owner == report.Name));
    }

    private string? SubNamespace => project.MigrationsFolder.Length == 0 ? null : project.MigrationsFolder.Trim('/', '\\').Replace('/', '.').Replace('\\', '.');

    private ScaffoldedMigration Scaffold(DbContext context, string name, ContextReport report)
    {
        var design = new DesignTime(context, application, amends ? new Dictionary<Type, object>
        {
            [typeof(IMigrationsAssembly)] = new EarlierMigrationsAssembly(context, report.Migrations),
            [typeof(IMigrationsIdGenerator)] = new FixedTimestampIdGenerator(report.Migrations[^1].Id),
        }
        : null);
        design.CodeGenerator(project.Language);
        const string contract = "Microsoft.EntityFrameworkCore.Migrations.Design.IMigrationsScaffolder";
        return (ScaffoldedMigration)design.Call(design.Service(contract), contract, "ScaffoldMigration", new()
        {
            ["migrationName"] = name,
            // EF Core takes the one below the other; a whole name goes into the second, as `dotnet ef --namespace` does it.
            ["rootNamespace"] = project.MigrationsNamespace.Length > 0 ? null : project.RootNamespace,
            ["subNamespace"] = project.MigrationsNamespace.Length > 0 ? project.MigrationsNamespace : SubNamespace,
            ["language"] = project.Language,
            ["dryRun"] = true,
        })!;
    }

    /// <summary>Beside the newest migration; the first one goes where its namespace says, as EF Core does it.</summary>
    private string FolderOf(ContextReport report, ScaffoldedMigration code) =>
        amends ? Path.GetDirectoryName(report.Migrations[^1].Source)!
        : project.MigrationsFolder.Length > 0 ? Path.GetFullPath(Path.Combine(project.Folder, project.MigrationsFolder))
        : report.Migrations.Count > 0 || project.MigrationsNamespace.Length > 0 ? report.Folder
        : Path.Combine([project.Folder, .. code.MigrationSubNamespace.Split('.', StringSplitOptions.RemoveEmptyEntries)]);
}
