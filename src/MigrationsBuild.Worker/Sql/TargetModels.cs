using System.Reflection;
using System.Runtime.Loader;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationsBuild.Contexts;

namespace MigrationsBuild.Worker.Sql;

/// <summary>
/// The models of migrations. With <c>DbCompileDesigners=newest</c>, the classes of old migrations have no entities in their models. Then
/// these models are in assemblies of their own.
/// </summary>
/// <param name="project">The project that compiles the migrations; <see langword="null"/> if it is unknown.</param>
/// <param name="context">The context of the migrations.</param>
internal sealed class TargetModels(MigrationsProject? project, DbContext context)
{
    private readonly HashSet<string> _withoutEntities = [.. project?.WithoutEntities ?? []];
    private Assembly? _loaded;
    private int _loads;

    /// <summary>The model of a migration.</summary>
    public IModel Of(Migration migration)
    {
        var name = migration.GetType().FullName!;
        if (!_withoutEntities.Contains(name))
            return migration.TargetModel;
        var type = TypeOf(name) ?? throw new InvalidOperationException($"No assembly has the model of {name}.");
        var complete = (Migration)Activator.CreateInstance(type)!;
        complete.ActiveProvider = migration.ActiveProvider!;
        return complete.TargetModel;
    }

    /// <summary>
    /// The model of a migration, which may be empty; <see langword="null"/> if it has no Designer file, or if its model isn't compiled.
    /// </summary>
    public IModel? Find(Migration migration)
    {
        const string Build = "BuildTargetModel";
        var type = migration.GetType();
        var isCompiled = !_withoutEntities.Contains(type.FullName!) || TypeOf(type.FullName!) is not null;
        return isCompiled && type.GetMethod(Build, BindingFlags.Instance | BindingFlags.NonPublic)!.DeclaringType != typeof(Migration)
            ? Of(migration)
            : null;
    }

    /// <summary>
    /// The full names of the classes of migrations whose models are needed and not compiled: a migration needs its own model, and the one
    /// before it to be reverted.
    /// </summary>
    /// <param name="report">The context.</param>
    /// <param name="wanted">The ids of the migrations whose SQL is wanted.</param>
    public IReadOnlyList<string> Missing(ContextReport report, HashSet<string> wanted)
    {
        if (_withoutEntities.Count == 0 || project!.ModelsPaths.Count > 0)
            return [];
        var types = context.GetService<IMigrationsAssembly>().Migrations;
        var ids = report.Migrations.Select(migration => migration.Id).ToList();
        return
        [
            .. ids.Where((id, i) => wanted.Contains(id) || (i + 1 < ids.Count && wanted.Contains(ids[i + 1])))
                .Select(id => types[id].FullName!)
                .Where(_withoutEntities.Contains),
        ];
    }

    /// <summary>
    /// The class with the model of a migration; <see langword="null"/> if none is compiled. One assembly is loaded at a time: those of a
    /// long history don't fit into memory together. Models are requested in the order of the migrations, so each assembly is loaded once.
    /// </summary>
    private Type? TypeOf(string name)
    {
        var paths = project!.ModelsPaths;
        var type = _loaded?.GetType(name);
        for (var tried = 0; type is null && tried < paths.Count; tried++)
        {
            if (_loaded is not null)
                AssemblyLoadContext.GetLoadContext(_loaded)!.Unload();
            _loaded = new AssemblyLoadContext("models", isCollectible: true).LoadFromAssemblyPath(paths[_loads++ % paths.Count]);
            type = _loaded.GetType(name);
        }

        return type;
    }
}
