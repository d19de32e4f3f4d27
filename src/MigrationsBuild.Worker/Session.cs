using System.Reflection;
using System.Runtime.Loader;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Revisions;
using MigrationsBuild.Worker.Application;
using MigrationsBuild.Worker.History;
using MigrationsBuild.Worker.Model;
using MigrationsBuild.Worker.Scaffolding;
using MigrationsBuild.Worker.Source;
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
    /// <param name="pipe">Receives the connections.</param>
    /// <param name="watchdog">Each model is a step of its own.</param>
    public Session(WorkerRequest request, AnswerPipe pipe, Watchdog watchdog)
    {
        _request = request;
        _application = AssemblyLoadContext.Default.LoadFromAssemblyPath(request.AssemblyPath);
        ApplicationIdentity.Assume(_application);
        _finder = new ContextFinder(
            _application,
            Load(request.Project) ?? _application,
            [.. request.Projects.Skip(1).Where(project => !project.IsCheckedElsewhere).Select(Load).OfType<Assembly>()],
            [.. request.Arguments],
            watchdog);
        _source = new SourceMap(request);
        _hashes = new HashCache(request.HashCachePath);
        _pipe = pipe;
        _watchdog = watchdog;
    }

    /// <summary>Reports all contexts, and then drafts or discards a migration.</summary>
    /// <exception cref="MigrationsException">An expected failure.</exception>
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
                seen.Add(new SeenContext(report?.Name ?? type.LongName(), state));
                if (report is not null)
                    reports.Add((type, report));
            }
            catch (Exception failure) when (failure is not (MigrationsException or OutOfMemoryException))
            {
                seen.Add(new SeenContext(type.LongName(), SeenState.NotCreated));
                problems.Add(new ContextFailure(_finder, _source, _request.AssemblyPath).Explain(type, failure));
            }
        }

        _hashes.Save();
        var answer = new WorkerAnswer([.. reports.Select(pair => pair.Report)], problems) { Seen = seen };
        var drafting = new Drafting(_request, _application, _finder, _source, _watchdog);
        if (_request.Revision || _request.Discard || _request.SquashTo.Length > 0)
            return drafting.Draft(answer, reports);
        return _request.AutoDraft ? drafting.AutoDraft(answer, reports) : answer;
    }

    /// <summary>Loads a project's assembly.</summary>
    /// <returns>The assembly; <see langword="null"/> if the application doesn't depend on it, so it can't create its contexts.</returns>
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
        var name = type.ShortName();
        _watchdog.Begin(WorkStep.For($"the model of {name}", name, "comparing the model with its migrations"));
        var report = Describe(context);
        var drift = Drift(context, report);
        if (drift is not null)
            report = report with { Drift = new DriftFindings(drift, _source).All, DraftName = drift.DraftName };
        return (SeenState.Reported, new ContextEmission(_request, _source, _watchdog).Emit(context, report));
    }

    private UserCode UserCode => new(_request.AssemblyPath, _source);

    private static string MigrationsAssemblyOf(DbContext context) =>
        context.GetService<IMigrationsAssembly>().Assembly.GetName().Name!;

    private ContextReport Describe(DbContext context)
    {
        var assembly = context.GetService<IMigrationsAssembly>();
        var project = _request.Find(assembly.Assembly.GetName().Name!) ?? _request.Project;
        var projects = _request.Projects.Select(other => other.AssemblyName);
        var files = new MigrationSources(project, _source, _hashes, assembly.Assembly, projects);
        var history = new CustomHistoryRepository(context);
        var migrations = assembly.Migrations
            .Select(migration => files.Find(migration.Key, migration.Value) with { Recording = history.ScriptsOf(migration.Key) })
            .ToList();
        return new ContextReport(
            context.GetType().LongName(),
            context.Database.ProviderName!,
            assembly.Assembly.GetName().Name!,
            ProductInfo.GetVersion(),
            GeneratorOf(context),
            migrations.Count > 0 ? Path.GetDirectoryName(migrations[^1].Source)! : files.DefaultFolder,
            history.Describe(new HistoryTables(_request.HistoryCachePath).Of(context)),
            migrations,
            Drift: [],
            DraftName: "")
        {
            Creation = DatabaseCreationReader.Read(context),
            OtherMigrations = [.. _finder.MigrationsIn(assembly.Assembly).Except(assembly.Migrations.Keys, MigrationId.Equality)],
            Entities = _request.ListEntities ? DescribeEntities(context) : [],
            ModelScript = _request.WantsModelScript ? new SqlEmitter(context).ModelScript() : "",
        };
    }

    private static IReadOnlyList<string> DescribeEntities(DbContext context) =>
        [.. context.GetService<IDesignTimeModel>().Model.GetEntityTypes().Select(Describe).Order(StringComparer.Ordinal)];

    private static string Describe(IEntityType entity)
    {
        var table = entity.GetSchemaQualifiedTableName() is { } name ? $"table {name}"
            : entity.GetSchemaQualifiedViewName() is { } view ? $"view {view}"
            : "no table";
        return $"{entity.DisplayName()} in {table}{(entity.IsTableExcludedFromMigrations() ? ", excluded from migrations" : "")}";
    }

    private static string GeneratorOf(DbContext context)
    {
        var provider = ProviderAssembly(context.GetService<IDatabaseProvider>().GetType());
        return $"EF Core {ProductInfo.GetVersion()}, {context.Database.ProviderName} {VersionOf(provider)}";
    }

    /// <summary>The class of a provider may be EF Core's own generic one, with the provider's options as its argument.</summary>
    private static Assembly ProviderAssembly(Type provider) =>
        (provider is { IsGenericType: true, GenericTypeArguments: [var options, ..] } ? options : provider).Assembly;

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? assembly.GetName().Version!.ToString();

    /// <summary>A context without migrations is not compared, because other software may own its tables.</summary>
    private static ModelDrift? Drift(DbContext context, ContextReport report) =>
        report.Migrations.Count > 0 || context.GetService<IMigrationsAssembly>().ModelSnapshot is not null
            ? new ModelDrift(context)
            : null;
}
