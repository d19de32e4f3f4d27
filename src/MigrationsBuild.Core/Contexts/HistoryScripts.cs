
namespace MigrationsBuild.Contexts;

/// <summary>
/// The SQL by which a custom <c>IHistoryRepository</c> of the application records a migration: one or more statements each.
/// </summary>
/// <param name="Insert">Records that the migration is applied.</param>
/// <param name="Delete">Removes that record.</param>
public sealed record HistoryScripts(string Insert, string Delete);
