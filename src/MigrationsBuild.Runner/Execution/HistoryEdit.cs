using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Migrations;

namespace MigrationsBuild.Runner.Execution;

/// <summary>Changes which migrations the history has, and runs none of their SQL.</summary>
/// <param name="session">The run, which has the lock.</param>
internal sealed class HistoryEdit(MigrationSession session)
{
    /// <summary>Changes the history in one transaction, and logs it in the journal.</summary>
    /// <param name="remove">The ids to remove, whether the history has them or not.</param>
    /// <param name="add">The ids to add after that.</param>
    /// <exception cref="SqlFailure">The history has one of the added ids.</exception>
    public async Task RunAsync(IReadOnlyList<string> remove, IReadOnlyList<string> add, CancellationToken cancellation)
    {
        if (remove.Count + add.Count == 0)
            return;
        List<SqlCommand> commands =
        [
            .. session.HistoryRows.AsOfMigration(
                [.. remove.SelectMany(session.HistoryRows.Delete), .. add.SelectMany(session.HistoryRows.Insert)]),
            .. remove.Select(id => session.Journal.LogStamped(id, isApplied: false)),
            .. add.Select(id => session.Journal.LogStamped(id, isApplied: true)),
        ];
        await new Retries(session).RunAsync(
            "The history", () => session.Database.ExecuteTransactionAsync(commands, cancellation), cancellation);
        session.Progress.Complete(remove.Count + add.Count);
    }
}
