namespace MigrationsBuild.Protocol;

/// <summary>
/// How the application's own <c>IHistoryRepository</c> writes one migration into its history table: SQL of one or more statements.
/// </summary>
/// <param name="Insert">What says that the migration is applied.</param>
/// <param name="Delete">What says that it isn't applied any more.</param>
public sealed record HistoryScripts(string Insert, string Delete)
{
    /// <summary>Adds them to a message.</summary>
    /// <param name="line">The message of the migration.</param>
    /// <param name="scripts">The scripts; <see langword="null"/> for EF Core's own.</param>
    internal static MessageLine AddTo(MessageLine line, HistoryScripts? scripts) =>
        line.With("history-insert", scripts?.Insert).With("history-delete", scripts?.Delete);

    /// <summary>Reads them from a message.</summary>
    /// <param name="line">The message of a migration.</param>
    internal static HistoryScripts? From(MessageLine line) =>
        line.Find("history-insert") is { } insert ? new(insert, line["history-delete"]) : null;
}
