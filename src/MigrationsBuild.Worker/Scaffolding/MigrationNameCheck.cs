using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Revisions;
using MigrationsBuild.Vocabulary;
using MigrationsBuild.Worker.Application;
using MigrationsBuild.Worker.Source;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>Checks that the name of a new migration is free.</summary>
internal sealed class MigrationNameCheck(MigrationsProject project, ContextReport report, IMigrationsAssembly migrations)
{
    /// <summary>The hint to choose another name.</summary>
    public static Hint AnotherMessage { get; } = Hint.Run(VerbTable.Revision).With("Msg", "another message");

    /// <summary>The hint to choose another name, for the verb.</summary>
    public Hint Another { get; init; } = AnotherMessage;

    /// <exception cref="MigrationsException">Another migration, or another class in the same namespace, has the name.</exception>
    public void Check(string name)
    {
        if (report.Migrations.FirstOrDefault(migration => MigrationId.Equality.Equals(MigrationId.NameOf(migration.Id), name)) is { } taken)
        {
            throw new MigrationsException(
                DiagnosticCodes.DuplicateName,
                $"A migration with that name already exists: {taken.Id}.",
                Another,
                new Location(taken.Source, 1, 1));
        }

        if (LoadableTypes.Of(migrations.Assembly).FirstOrDefault(type => type.Name == name && MayBeInNamespace(type)) is { } type)
        {
            throw new MigrationsException(
                DiagnosticCodes.DuplicateName,
                $"A class with that name already exists: {type.FullName}.",
                Another);
        }
    }

    /// <summary>
    /// Whether a class may be in the namespace of the new migration. That is the namespace in the settings, else that of the context's
    /// other migrations, else one that EF Core chooses so that it contains no migrations of another context.
    /// </summary>
    private bool MayBeInNamespace(Type type)
    {
        var space = project.MigrationsNamespace.Length > 0 ? project.MigrationsNamespace
            : project.MigrationsFolder.Length > 0 ? $"{project.RootNamespace}.{project.SubNamespace()}".Trim('.')
            : migrations.Migrations.Values.LastOrDefault()?.Namespace;
        return type.Namespace == space
            || (type.Namespace == project.RootNamespace && project.RootNamespace.Length > 0)
            || (space is null && type.Namespace == $"{project.RootNamespace}.Migrations".Trim('.') && !BelongsToOtherContext(type));
    }

    private bool BelongsToOtherContext(Type type) =>
        type.GetCustomAttribute<DbContextAttribute>()?.ContextType.LongName() is { } owner && owner != report.Name;
}
