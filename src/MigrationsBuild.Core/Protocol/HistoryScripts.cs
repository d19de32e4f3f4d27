namespace MigrationsBuild.Protocol;

/// <summary>
/// How the application's own <c>IHistoryRepository</c> writes one migration into its history table: SQL of one or more statements.
/// </summary>
/// <param name="Insert">What says that the migration is applied.</param>
/// <param name="Delete">What says that it isn't applied any more.</param>
public sealed record HistoryScripts(string Insert, string Delete);
