using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>
/// Writes migrations into EF Core's history: with our own statements, or, if the application has a history repository of its own, with the
/// SQL that the repository gave to the build. A statement of ours then checks the result.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="manifest">The build's migrations.</param>
/// <param name="files">Parses their SQL.</param>
internal sealed class HistoryRows(Database database, Manifest manifest, SqlFiles files)
{
    /// <summary>Whether the application has SQL of its own.</summary>
    public bool AreOwn { get; } = manifest.Migrations.Any(migration => migration.Recording is not null);

    /// <summary>Statements that record that a migration is applied.</summary>
    /// <param name="id">A migration of the build.</param>
    public IReadOnlyList<SqlCommand> Insert(string id) => Find(id)?.Recording is { } own
        ? [.. Statements(own.Insert), database.RequireRecorded(id, isApplied: true)]
        : [database.InsertHistory(id, manifest.EfVersion)];

    /// <summary>Statements that delete a migration's row, if there is one.</summary>
    /// <param name="id">A migration, which may be missing in the build.</param>
    public IReadOnlyList<SqlCommand> Delete(string id) => OwnDelete(id) ?? [database.DeleteHistory(id)];

    /// <summary>Statements that delete a migration's row, and fail if there is none: see <see cref="Database.TakeFromHistory"/>.</summary>
    /// <param name="id">A migration, which may be missing in the build.</param>
    /// <param name="rows">The ids in the history when the run was planned.</param>
    public IReadOnlyList<SqlCommand> Take(string id, IReadOnlyList<string> rows) =>
        database.TakeFromHistory(id, rows, OwnDelete(id));

    /// <summary>
    /// Statements that write into the history. Those of the application run in the state of the session in which migrations run.
    /// </summary>
    /// <param name="commands">The statements. Our own statements may follow them.</param>
    public IReadOnlyList<SqlCommand> AsOfMigration(IReadOnlyList<SqlCommand> commands) =>
        AreOwn ? [.. database.FreshState([]), .. commands, .. database.OwnState] : commands;

    private ManifestMigration? Find(string id) =>
        manifest.Migrations.FirstOrDefault(migration => MigrationId.Equality.Equals(migration.Id, id));

    private List<SqlCommand>? OwnDelete(string id)
    {
        var script = Find(id)?.Recording?.Delete ?? (manifest.History.DeleteScript is { } any ? ScriptForm.Fill(any, id) : null);
        return script is null ? null : [.. Statements(script), database.RequireRecorded(id, isApplied: false)];
    }

    /// <summary>The statements are in no file, so a diagnostic about them has no location.</summary>
    private IEnumerable<SqlCommand> Statements(string script) =>
        files.Parse(script).Select(command => command.Statement is { Flaw: { } flaw }
            ? throw new MigrationsException(
                DiagnosticCodes.CustomHistory,
                $"The SQL of the application's history repository can't be run: {flaw}. Nothing was changed. "
                + SqlText.Literal(command.Text.Split('\n')[0]))
            : new SqlCommand(command.Text));
}
