using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Revisions;
using MigrationsBuild.Worker.Source;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>The files of a migration that EF Core has scaffolded.</summary>
/// <param name="Migration">The migration.</param>
/// <param name="Changes">Its C# file and its Designer file.</param>
/// <param name="Snapshot">The text of the new snapshot.</param>
internal sealed record ScaffoldedFiles(MigrationReport Migration, IReadOnlyList<SourceChange> Changes, string Snapshot)
{
    /// <summary>Whether this version of EF Core writes files with a byte order mark.</summary>
    public static bool HaveByteOrderMark => ProductInfo.GetVersion().Split('.')[0] is "8" or "9" or "10";

    /// <summary>The files of scaffolded code.</summary>
    /// <param name="context">A context of the migrations.</param>
    /// <param name="code">The code.</param>
    /// <param name="folder">The folder of the migration.</param>
    /// <param name="emission">Its SQL.</param>
    /// <param name="statements">What the code contains as placeholders; <see langword="null"/> for nothing.</param>
    /// <exception cref="MigrationsException">The new class would hide a type that the migrations use.</exception>
    public static ScaffoldedFiles Of(
        DbContext context, ScaffoldedMigration code, string folder, Emission emission, DraftStatements? statements)
    {
        var bind = Binding(context, MigrationId.NameOf(code.MigrationId), code);
        var (migrationCode, metadataCode) = (bind(code.MigrationCode), bind(code.MetadataCode));
        migrationCode = statements?.WriteInto(migrationCode) ?? migrationCode;
        var hash = MigrationSources.HashOf(
            ContentHash.OfText(SourceText.Normalize(migrationCode)),
            ContentHash.OfText(SourceText.Normalize(metadataCode)));
        var migration = new MigrationReport(
            code.MigrationId, Path.Combine(folder, code.MigrationId + code.FileExtension), hash, emission);
        return new ScaffoldedFiles(
            migration,
            [
                new SourceChange(migration.Designer, metadataCode, HaveByteOrderMark),
                new SourceChange(migration.Source, migrationCode, HaveByteOrderMark),
            ],
            bind(code.SnapshotCode));
    }

    /// <summary>A function that binds the names in the code to the types that EF Core means.</summary>
    private static Func<string, string> Binding(DbContext context, string name, ScaffoldedMigration code)
    {
        if (code.FileExtension != ".cs")
            return text => text;
        var binding = new NameBinding(context.GetService<IMigrationsAssembly>().Assembly, context.GetType());
        if (binding.HiddenBy(name, code.MigrationCode, code.MetadataCode, code.SnapshotCode) is { } hidden)
        {
            throw new MigrationsException(
                DiagnosticCodes.DuplicateName,
                $"The class {name} would hide {hidden.FullName}, which the migrations use.",
                MigrationNameCheck.AnotherMessage);
        }

        return binding.Bind;
    }
}
