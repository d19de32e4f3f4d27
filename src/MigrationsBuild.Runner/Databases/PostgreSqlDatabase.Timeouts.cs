using System.Globalization;

namespace MigrationsBuild.Runner.Databases;

/// <content>
/// How long statements may wait and take. A statement that waits for a lock on a table makes everybody wait who comes behind it, so it
/// gives up soon; one that makes nobody wait, such as a read, or an index that is built concurrently, has more patience: for a big index
/// whose last phase waited a moment too long all the work would have been for nothing.
/// </content>
internal sealed partial class PostgreSqlDatabase
{
    // The migration that runs sets them itself, for the connection.
    private bool _hasOwnTimeouts;

    /// <summary>For the connection: reads, and what runs outside of transactions. A role or a database may have settings of its own.</summary>
    private SqlCommand[] SessionTimeouts => Timeouts("SET", Settings.LockTimeout == TimeSpan.Zero || Settings.LockTimeout > Settings.WaitTimeout ? Settings.LockTimeout : Settings.WaitTimeout);

    /// <summary>For a transaction: its statements lock what the application works on.</summary>
    private SqlCommand[] TransactionTimeouts => _hasOwnTimeouts ? [] : Timeouts("SET LOCAL", Settings.LockTimeout);

    /// <summary>A transaction has settings of its own; only what runs outside of one needs those of the connection.</summary>
    public override async Task BeginMigrationAsync(MigrationSteps steps, CancellationToken cancellation)
    {
        _hasOwnTimeouts = steps.Stretches.Any(stretch => !stretch.IsTransaction && SetsTimeout(stretch.Commands[0]));
        if (!steps.IsOneTransaction)
            await ExecuteBatchAsync(SessionTimeouts, cancellation);
    }

    private static bool SetsTimeout(SqlCommand command) =>
        command.Statement is { Words: ["SET", ..] words } && words.Any(word => word is "LOCK_TIMEOUT" or "STATEMENT_TIMEOUT");

    private SqlCommand[] Timeouts(string set, TimeSpan lockTimeout) =>
        [$"{set} lock_timeout = {Milliseconds(lockTimeout)}", $"{set} statement_timeout = {Milliseconds(Settings.StatementTimeout)}"];

    private static string Milliseconds(TimeSpan time) => Math.Min(int.MaxValue, (long)Math.Ceiling(time.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);
}
