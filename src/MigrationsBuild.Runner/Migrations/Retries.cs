using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Settings;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>
/// Repeats an operation that failed only because another session had a lock. Each attempt waits for a short time only, because every
/// session that comes after it waits as well.
/// </summary>
/// <param name="session">The run.</param>
internal sealed class Retries(MigrationSession session)
{
    /// <summary>Runs an operation until it succeeds or fails for another reason.</summary>
    /// <param name="what">The name of the operation, for people.</param>
    /// <param name="work">The operation. An attempt that fails must change nothing.</param>
    /// <exception cref="SqlFailure">It failed; or the last attempt had to wait too long for a lock.</exception>
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
                session.Reporter.Line(
                    $"  {what}  {failure.Message}. Attempt {retry + 1} of {session.Request.Settings.Retries + 1} follows in "
                    + FormattableString.Invariant($"{rest.TotalSeconds:0.0} s"));
                await Task.Delay(rest, cancellation);
            }
        }
    }

    /// <summary>Doubles with each attempt, minus a random part of up to a half, so that several runs don't collide each time.</summary>
    private TimeSpan Rest(int retry)
    {
        var doubled = session.Request.Settings.RetryDelay.TotalSeconds * Math.Pow(2, retry - 1);
        var longest = Math.Min(RunSettings.MaxRetryDelay.TotalSeconds, doubled);
        return TimeSpan.FromSeconds(longest * (1 - (Random.Shared.NextDouble() / 2)));
    }
}
