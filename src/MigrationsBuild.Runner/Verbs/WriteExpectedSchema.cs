using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Scratch;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>
/// Applies all migrations to a scratch database, whatever another database contains, and writes the objects that it has after each of them
/// to a file. A publish uses it; users don't call it.
/// </summary>
internal sealed class WriteExpectedSchema : IVerbHandler
{
    public Verb Definition => VerbTable.ExpectedSchema;

    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        session.SqlFiles.Verify();
        var migrations = session.Manifest.Migrations;
        await using var scratch = await ScratchDatabase.CreateAsync(session, migrations, cancellation);
        var schema = new ExpectedSchema(await scratch.Session.Database.ReadProductAsync(cancellation));
        foreach (var migration in migrations)
        {
            await scratch.ApplyAsync(migration.Id, cancellation);
            schema.Add(migration, await scratch.ReadCatalogAsync(cancellation));
        }

        schema.Write(session.Request.OutputPath);
    }
}
