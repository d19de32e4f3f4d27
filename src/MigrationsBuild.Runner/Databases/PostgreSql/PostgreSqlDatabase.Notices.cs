using Npgsql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <content>What the server says while it executes the statements of a migration, such as by <c>RAISE</c>.</content>
internal sealed partial class PostgreSqlDatabase
{
    private NpgsqlBatch? _running;
    private IReadOnlyList<SqlCommand> _runningCommands = [];

    /// <summary>A notice belongs to the first statement of the batch that isn't complete. Those of our own statements are noise.</summary>
    private void Hear(object sender, NpgsqlNoticeEventArgs heard)
    {
        if (_running is not { } batch)
            return;
        var index = batch.BatchCommands.Cast<NpgsqlBatchCommand>().TakeWhile(command => command.StatementType != StatementType.Unknown).Count();
        var command = index < _runningCommands.Count ? _runningCommands[index] : null;
        if (command is not { Statement: null } || command == Commit && _runningCommands.Any(one => one.Statement is not null))
            OnNotice(command, NoticeOf(heard.Notice));
    }

    private static ServerNotice NoticeOf(PostgresNotice notice) => new(
        notice.InvariantSeverity,
        notice.MessageText + (notice.Detail is { } detail ? $" ({detail})" : "") + (notice.Hint is { } hint ? $" ({hint})" : ""));
}
