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
        var drafting = new Drafting(_request, _application, _finder, _source, _watchdog);
        return _request.Revision || _request.Discard ? drafting.Draft(answer, reports) : _request.AutoDraft ? drafting.AutoDraft(answer, reports) : answer;
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
            problems.Add(NoVerdictDiagnostics.CreateForException(_application.GetName().Name!, failure, _request.AssemblyPath, UserCode));
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
        return (SeenState.Reported, new ContextEmission(_request, _watchdog).Emit(context, report));
    }

    private UserCode UserCode => new(_request.AssemblyPath, _source);

    private static string MigrationsAssemblyOf(DbContext context) => context.GetService<IMigrationsAssembly>().Assembly.GetName().Name!;

    private ContextReport Describe(DbContext context)
    {
        var assembly = context.GetService<IMigrationsAssembly>();
        var project = _request.Find(assembly.Assembly.GetName().Name!) ?? _request.Project;
        var files = new MigrationSources(project, _source, _hashes, assembly.Assembly, _request.Projects.Select(other => other.AssemblyName));
        var history = new CustomHistoryRepository(context);
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
            Creation = DatabaseCreationReader.Read(context),
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
}
