using MigrationsBuild.Runner.Databases;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>
/// Tries again what failed only because somebody else held a lock: what waits must not wait long, because everybody who comes behind it
/// waits, too.
/// </summary>
/// <param name="session">The run.</param>
internal sealed class Retries(MigrationSession session)
{
    /// <summary>Runs something until it ends or fails otherwise.</summary>
    /// <param name="what">What it is, for people.</param>
    /// <param name="work">It; nothing of a try that failed may stay.</param>
    /// <exception cref="SqlFailure">It failed, the last time perhaps for a lock.</exception>
    public async Task RunAsync(string what, Func<Task> work, CancellationToken cancellation)
    {
        for (var retry = 1; ; retry++)
        {
            try
            {
                await work();
                return;
            }
            catch (SqlFailure failure) when (failure.Kind == FailureKind.Blocked && retry <= session.Request.Settings.Retries)
            {
                var rest = Rest(retry);
                session.Reporter.Line(FormattableString.Invariant($"  {what}  {failure.Message}. Try {retry + 1} of {session.Request.Settings.Retries + 1} follows in {rest.TotalSeconds:0.0} s"));
                await Task.Delay(rest, cancellation);
            }
        }
    }

    /// <summary>Twice as long each time, and by chance up to a half less, so that several runs don't meet again and again.</summary>
    private TimeSpan Rest(int retry)
    {
        var longest = Math.Min(Protocol.RunSettings.MaxRetryDelay.TotalSeconds, session.Request.Settings.RetryDelay.TotalSeconds * Math.Pow(2, retry - 1));
        return TimeSpan.FromSeconds(longest * (1 - (Random.Shared.NextDouble() / 2)));
    }
}
