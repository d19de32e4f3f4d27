using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Worker.Sql;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>The oldest migrations of a project, without those that are about to be generated again.</summary>
internal sealed class EarlierMigrationsAssembly : IMigrationsAssembly
{
    private readonly IMigrationsAssembly _all;

    /// <summary>The oldest migrations.</summary>
    /// <param name="project">The project that compiles them.</param>
    /// <param name="context">Their context.</param>
    /// <param name="migrations">These migrations, oldest first.</param>
    /// <exception cref="MigrationsException">The model after them isn't known.</exception>
    public EarlierMigrationsAssembly(MigrationsProject project, DbContext context, IReadOnlyList<MigrationReport> migrations)
    {
        _all = context.GetService<IMigrationsAssembly>();
        Migrations = _all.Migrations.Take(migrations.Count).ToDictionary(pair => pair.Key, pair => pair.Value);
        var model = migrations.Count == 0 ? EmptyModel() : ModelOf(project, context, migrations[^1]);
        ModelSnapshot = SnapshotOf(_all.ModelSnapshot!.GetType(), model);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, TypeInfo> Migrations { get; }

    /// <inheritdoc/>
    public ModelSnapshot? ModelSnapshot { get; }

    /// <inheritdoc/>
    public Assembly Assembly => _all.Assembly;

    /// <inheritdoc/>
    public string? FindMigrationId(string nameOrId) =>
        _all.FindMigrationId(nameOrId) is { } id && Migrations.ContainsKey(id) ? id : null;

    /// <inheritdoc/>
    public Migration CreateMigration(TypeInfo migrationClass, string activeProvider) =>
        _all.CreateMigration(migrationClass, activeProvider);

    /// <summary>The model after a migration, from its Designer file.</summary>
    /// <exception cref="MigrationsException">It has no Designer file.</exception>
    public static IModel ModelOf(MigrationsProject project, DbContext context, MigrationReport migration)
    {
        var migrations = context.GetService<IMigrationsAssembly>();
        var compiled = migrations.CreateMigration(migrations.Migrations[migration.Id], context.Database.ProviderName!);
        return new TargetModels(project, context).Find(compiled) ?? throw new MigrationsException(
            DiagnosticCodes.NothingToDo,
            $"The snapshot can't be restored, because {migration.Id} has no Designer file. "
            + "Restore the files from version control",
            new Location(migration.Source, 1, 1));
    }

    private static IModel EmptyModel()
    {
        var model = new ModelBuilder().Model;
        model.SetAnnotation("ProductVersion", ProductInfo.GetVersion());
        return (IModel)model;
    }

    /// <summary>A snapshot of the same class, because EF Core takes the name and the namespace of the new snapshot from it.</summary>
    private static ModelSnapshot SnapshotOf(Type type, IModel model)
    {
        var snapshot = (ModelSnapshot)Activator.CreateInstance(type)!;
        typeof(ModelSnapshot).GetField("_model", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(snapshot, model);
        return snapshot;
    }
}
