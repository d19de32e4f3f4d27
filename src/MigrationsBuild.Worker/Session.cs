using System.Reflection;
using System.Runtime.Loader;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Worker.Application;
using MigrationsBuild.Worker.Model;
using MigrationsBuild.Worker.Scaffolding;
using MigrationsBuild.Worker.Sql;

namespace MigrationsBuild.Worker;

/// <summary>Answers one request.</summary>
internal sealed class Session
{
    private readonly WorkerRequest _request;
    private readonly Assembly _application;
    private readonly ContextFinder _finder;
    private readonly SourceMap _source;
    private readonly HashCache _hashes;
    private readonly AnswerPipe _pipe;
    private readonly Watchdog _watchdog;

    /// <summary>Loads the application.</summary>
    /// <param name="request">The request.</param>
    /// <param name="pipe">Where connections go.</param>
    /// <param name="watchdog">Gets to know each step.</param>
    public Session(WorkerRequest request, AnswerPipe pipe, Watchdog watchdog)
    {
        _request = request;
        _application = AssemblyLoadContext.Default.LoadFromAssemblyPath(request.AssemblyPath);
        ApplicationIdentity.Assume(_application);
        var references = request.Projects.Skip(1).Where(project => !project.IsCheckedElsewhere).Select(Load).OfType<Assembly>();
        _finder = new ContextFinder(_application, Load(request.Project) ?? _application, [.. references], [.. request.Arguments], watchdog);
        _source = new SourceMap(request);
        _hashes = new HashCache(request.HashCachePath);
        _pipe = pipe;
        _watchdog = watchdog;
    }

    /// <summary>The answer.</summary>
    /// <exception cref="MigrationsException">The verb can't do its work.</exception>
    public WorkerAnswer Answer()
    {
        var reports = new List<(Type Type, ContextReport Report)>();
        var problems = new List<Diagnostic>();
        var seen = new List<SeenContext>();
        foreach (var type in Types(problems))
        {
            try
            {
                var (state, report) = Report(type);
                seen.Add(new SeenContext(report?.Name ?? type.FullName!, state));
                if (report is not null)
                    reports.Add((type, report));
            }
            catch (Exception failure) when (failure is not (MigrationsException or OutOfMemoryException))
            {
                seen.Add(new SeenContext(type.FullName!, SeenState.NotCreated));
                problems.Add(new ContextFailure(_finder, _source, _request.AssemblyPath).Explain(type, failure));
            }
        }

        _hashes.Save();
        var answer = new WorkerAnswer([.. reports.Select(pair => pair.Report)], problems) { Seen = seen };
        return _request.Revision || _request.Discard ? Draft(answer, reports) : _request.AutoDraft ? AutoDraft(answer, reports) : answer;
    }

    /// <summary>An assembly that isn't in the application's graph makes no context of its.</summary>
    private Assembly? Load(MigrationsProject project)
    {
        if (project.AssemblyName == _application.GetName().Name)
            return _application;
        try
        {
            return Assembly.Load(new AssemblyName(project.AssemblyName));
        }
        catch (Exception failure) when (failure is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return null;
        }
    }

    private IReadOnlyList<Type> Types(List<Diagnostic> problems)
    {
        try
        {
            return _finder.FindTypes();
        }
        catch (Exception failure) when (failure is not (MigrationsException or OutOfMemoryException))
        {
            problems.Add(OwnCode.NoVerdict(_application.GetName().Name!, failure, _request.AssemblyPath));
            return [];
        }
    }

    private (SeenState State, ContextReport? Report) Report(Type type)
    {
        using var context = _finder.Create(type);
        if (!context.Database.IsRelational())
            return (SeenState.NotRelational, null);
        if (_request.Find(MigrationsAssemblyOf(context)) is { IsCheckedElsewhere: true })
            return (SeenState.CheckedElsewhere, null);
        if (_request.WantsConnections)
            _pipe.Send(ContextConnection.Of(context));
        _watchdog.Begin(WorkStep.For($"the model of {OperationSubject.ShortName(type)}", OperationSubject.ShortName(type), "comparing the model with its migrations"));
        var report = Describe(context);
        var drift = Drift(context, report);
        report = report with { Drift = [.. drift?.Findings(_source) ?? []], DraftName = drift?.DraftName ?? "" };
        return (SeenState.Reported, Emit(context, report));
    }

    private static string MigrationsAssemblyOf(DbContext context) => context.GetService<IMigrationsAssembly>().Assembly.GetName().Name!;

    private ContextReport Describe(DbContext context)
    {
        var assembly = context.GetService<IMigrationsAssembly>();
        var project = _request.Find(assembly.Assembly.GetName().Name!) ?? _request.Project;
        var files = new MigrationSources(project, _source, _hashes, assembly.Assembly, _request.Projects.Select(other => other.AssemblyName));
        var history = new OwnHistoryRepository(context);
        var migrations = assembly.Migrations
            .Select(migration => files.Find(migration.Key, migration.Value) with { Recording = history.ScriptsOf(migration.Key) }).ToList();
        return new ContextReport(
            context.GetType().FullName!,
            context.Database.ProviderName!,
            assembly.Assembly.GetName().Name!,
            ProductInfo.GetVersion(),
            $"EF Core {ProductInfo.GetVersion()}, {context.Database.ProviderName} {VersionOf(ProviderAssembly(context.GetService<IDatabaseProvider>().GetType()))}",
            migrations.Count > 0 ? Path.GetDirectoryName(migrations[^1].Source)! : files.DefaultFolder,
            history.Describe(new HistoryTables(_request.HistoryCachePath).Of(context)),
            migrations,
            Drift: [],
            DraftName: "")
        {
            Creation = DatabaseCreations.Of(context),
            OtherMigrations = [.. _finder.MigrationsIn(assembly.Assembly).Except(assembly.Migrations.Keys, MigrationId.Equality)],
            Entities = _request.ListEntities ? [.. context.GetService<IDesignTimeModel>().Model.GetEntityTypes().Select(DescribeEntity).Order(StringComparer.Ordinal)] : [],
        };
    }

    private static string DescribeEntity(IEntityType entity) =>
        $"{entity.DisplayName()} in {(entity.GetSchemaQualifiedTableName() is { } table ? $"table {table}" : entity.GetSchemaQualifiedViewName() is { } view ? $"view {view}" : "no table")}"
        + (entity.IsTableExcludedFromMigrations() ? ", excluded from migrations" : "");

    /// <summary>EF Core's own class makes a provider of the options that the provider brings.</summary>
    private static Assembly ProviderAssembly(Type provider) => (provider is { IsGenericType: true, GenericTypeArguments: [var options, ..] } ? options : provider).Assembly;

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version!.ToString();

    /// <summary>A context without migrations isn't one that a build watches: it may be a view on somebody else's tables.</summary>
    private static ModelDrift? Drift(DbContext context, ContextReport report) =>
        report.Migrations.Count > 0 || context.GetService<IMigrationsAssembly>().ModelSnapshot is not null ? new ModelDrift(context) : null;

    private ContextReport Emit(DbContext context, ContextReport report)
    {
        var wanted = Wanted(report);
        if (wanted.Count == 0)
            return report;

        var emitter = new SqlEmitter(context);
        HashSet<string> pinned = _request.Emission == EmissionScope.Drafts ? [.. Drafts(report), .. Named(report)] : [];
        return report with
        {
            Migrations = [.. report.Migrations.Select((migration, i) => wanted.Contains(migration.Id)
                ? migration with { Emission = Emit(i) }
                : migration)],
        };

        Emission Emit(int index)
        {
            var id = report.Migrations[index].Id;
            var before = report.Migrations.Take(index).Count(migration => wanted.Contains(migration.Id));
            _watchdog.Begin(WorkStep.For(
                $"the SQL of {id}, after that of {before} of {wanted.Count} migrations of {report.ShortName},",
                report.ShortName,
                $"SQL of {before} of {wanted.Count} migrations, now {id}"));
            return emitter.Emit(id, index == 0 ? null : report.Migrations[index - 1].Id, first => pinned.Contains(id) || MayBeUnsteady(report, report.Migrations[index] with { Emission = first }));
        }
    }

    private static bool MayBeUnsteady(ContextReport report, MigrationReport migration)
    {
        try
        {
            return ContextReview.NeedsSecondEmission(report, migration);
        }
        catch (MigrationsException)
        {
            // The review says that the approvals file can't be read.
            return false;
        }
    }

    private IEnumerable<string> Named(ContextReport report) =>
        RevisionExpression.Split(_request.EmitRevisions).Select(new MigrationChain(report.Migrations.Select(migration => migration.Id)).IdOf);

    private HashSet<string> Wanted(ContextReport report)
    {
        var ids = report.Migrations.Select(migration => migration.Id);
        var wanted = (_request.Emission switch
        {
            EmissionScope.All => ids,
            EmissionScope.Drafts => ContextReview.NeedEmission(report).Concat(Drafts(report)),
            _ => ContextReview.NeedEmission(report),
        }).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (report.Migrations.Count > 0)
            wanted.UnionWith(Named(report));
        return wanted;
    }

    private static IEnumerable<string> Drafts(ContextReport report)
    {
        var approvals = File.Exists(report.ApprovalsPath) ? ApprovalsFile.Read(report.ApprovalsPath) : null;
        return report.Migrations.Select(migration => migration.Id).Where(id => approvals?.Find(id) is null);
    }

    private WorkerAnswer Draft(WorkerAnswer answer, List<(Type Type, ContextReport Report)> reports)
    {
        if (answer.Problems.Count > 0 && !ContextChoice.IsCertain(answer, _request.ContextName))
            return answer;
        var chosen = ContextChoice.Choose(answer.Contexts, _request.ContextName);
        var type = reports.First(pair => pair.Report == chosen).Type;
        BeginDraft(chosen);
        var made = _request.Revision
            ? new RevisionDraft(_request, ProjectOf(chosen), _finder, _application, _request.RevisionAmend).Make(answer, type, chosen, _source)
            : new DiscardedRevision(_request, ProjectOf(chosen), _finder, _application).Make(answer, type, chosen, _source);
        return made ?? answer;
    }

    private void BeginDraft(ContextReport context) =>
        _watchdog.Begin(WorkStep.For($"the newest migration of {context.ShortName}", context.ShortName, "writing or removing its newest migration"));

    private MigrationsProject ProjectOf(ContextReport context) => _request.Find(context.MigrationsAssembly) ?? throw new MigrationsException(
        DiagnosticCodes.NothingToDo,
        $"The migrations of {context.ShortName} belong to {context.MigrationsAssembly}, which is no project that this one references. Run DbRevision on the project of that name, or move them here: MigrationsAssembly(\"{_request.Project.AssemblyName}\")");

    /// <summary>Drafts the first context's drift. Where that can't be, the drift itself is what the build says.</summary>
    private WorkerAnswer AutoDraft(WorkerAnswer answer, List<(Type Type, ContextReport Report)> reports)
    {
        foreach (var (type, report) in reports.Where(pair => pair.Report.DraftName.Length > 0))
        {
            try
            {
                BeginDraft(report);
                var newest = ContextReview.NewestDraft(report);
                if (newest != DraftState.Edited && new RevisionDraft(_request, ProjectOf(report), _finder, _application, newest == DraftState.AsGenerated).Make(answer, type, report, _source) is { } made)
                    return made;
            }
            catch (MigrationsException)
            {
                // DbRevision, which the finding names, says why.
            }
        }

        return answer;
    }
}
