using Npgsql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>
/// Attributes the server's notices, such as those of <c>RAISE</c>, to the statements of the batch that is executed. Only notices of a
/// migration's statements, and of the <c>COMMIT</c> after them, are passed on; those of our own statements are noise.
/// </summary>
/// <param name="onNotice">Gets the statement, if it is known, and the notice.</param>
internal sealed class BatchNotices(Action<SqlCommand?, ServerNotice> onNotice)
{
    private NpgsqlBatch? _batch;
    private IReadOnlyList<SqlCommand> _commands = [];

    /// <summary>Notices belong to this batch from now on.</summary>
    public void Begin(NpgsqlBatch batch, IReadOnlyList<SqlCommand> commands) => (_batch, _commands) = (batch, commands);

    /// <summary>Notices belong to no batch from now on, and are ignored.</summary>
    public void End() => _batch = null;

    /// <summary>Receives a notice. It belongs to the first statement of the batch that isn't complete.</summary>
    public void Receive(object sender, NpgsqlNoticeEventArgs received)
    {
        if (_batch is not { } batch)
            return;
        var index = batch.BatchCommands.Cast<NpgsqlBatchCommand>()
            .TakeWhile(command => command.StatementType != StatementType.Unknown).Count();
        var command = index < _commands.Count ? _commands[index] : null;
        var isOurs = command is { Statement: null };
        var isCommitOfMigration = command == SessionState.Commit && _commands.Any(one => one.Statement is not null);
        if (!isOurs || isCommitOfMigration)
            onNotice(command, NoticeOf(received.Notice));
    }

    private static ServerNotice NoticeOf(PostgresNotice notice) => new(
        notice.InvariantSeverity,
        notice.MessageText + (notice.Detail is { } detail ? $" ({detail})" : "") + (notice.Hint is { } hint ? $" ({hint})" : ""));
}
