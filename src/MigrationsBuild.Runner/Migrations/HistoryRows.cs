using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>
/// How migrations are written into EF Core's history: by our own statements, or, if the application has a history repository of its own,
/// by the SQL that it gave to the build. That SQL is checked by what it has done.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="manifest">The build's migrations.</param>
/// <param name="scripts">Reads their SQL.</param>
internal sealed class HistoryRows(Database database, Manifest manifest, SqlFiles scripts)
{
    /// <summary>Whether the application has SQL of its own.</summary>
    public bool AreOwn { get; } = manifest.Migrations.Any(migration => migration.Recording is not null);

    /// <summary>Statements that record that a migration is applied.</summary>
    /// <param name="id">A migration of the build.</param>
    public IReadOnlyList<SqlCommand> Insert(string id) => Find(id)?.Recording is { } own
        ? [.. Statements(own.Insert), database.RequireRecorded(id, isApplied: true)]
        : [database.InsertHistory(id, manifest.EfVersion)];

    /// <summary>Statements that take a migration out, if it is there.</summary>
    /// <param name="id">A migration, which the build need not have.</param>
    public IReadOnlyList<SqlCommand> Delete(string id) => OwnDelete(id) ?? [database.DeleteHistory(id)];

    /// <summary>Statements that take a migration out, and fail if there is none: see <see cref="Database.TakeFromHistory"/>.</summary>
    /// <param name="id">A migration, which the build need not have.</param>
    /// <param name="rows">The ids that the history held when the run was planned.</param>
    public IReadOnlyList<SqlCommand> Take(string id, IReadOnlyList<string> rows) => database.TakeFromHistory(id, rows, OwnDelete(id));

    /// <summary>
    /// Statements of ours or the application's, in the state of the session in which migrations run if they are the application's.
    /// </summary>
    /// <param name="commands">The statements. Ours may follow.</param>
    public IReadOnlyList<SqlCommand> AsOfMigration(IReadOnlyList<SqlCommand> commands) =>
        AreOwn ? [.. database.FreshState([]), .. commands, .. database.OwnState] : commands;

    private ManifestMigration? Find(string id) =>
        manifest.Migrations.FirstOrDefault(migration => MigrationId.Equality.Equals(migration.Id, id));

    private List<SqlCommand>? OwnDelete(string id)
    {
        var script = Find(id)?.Recording?.Delete ?? (manifest.History.DeleteScript is { } any ? ScriptForm.Fill(any, id) : null);
        return script is null ? null : [.. Statements(script), database.RequireRecorded(id, isApplied: false)];
    }

    /// <summary>They are in no file, so they have no place in one.</summary>
    private IEnumerable<SqlCommand> Statements(string script) =>
        scripts.Parse(script).Select(command => command.Statement is { Flaw: { } flaw }
        ? throw new MigrationsException(DiagnosticCodes.CustomHistory, $"The SQL of the application's history repository can't be run: {flaw}. Nothing was changed. {SqlText.Literal(command.Text.Split('\n')[0])}")
        : new SqlCommand(command.Text));
}
