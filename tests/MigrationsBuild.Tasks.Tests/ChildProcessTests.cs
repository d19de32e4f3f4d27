using MigrationsBuild.Tasks.Processes;

namespace MigrationsBuild.Tasks.Tests;

[TestClass]
public sealed class ChildProcessTests
{
    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [DataRow("read line; exit 7", 7, DisplayName = "One that ends when its input does has its own exit code")]
    [DataRow("exec sleep 600", 137, DisplayName = "One that goes on is killed")]
    public void A_process_that_is_asked_to_end_has_time_to(string script, int exitCode)
    {
        using var cancellation = new CancellationTokenSource();
        var process = new ChildProcess("/bin/sh", ["-c", "echo begun; " + script], "/")
        {
            EndsOnRequest = true,
            Patience = exitCode == 137 ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromMinutes(5),
            OnOutput = _ => cancellation.Cancel(),
        };

        Assert.AreEqual(exitCode, process.Run(Timeout.InfiniteTimeSpan, cancellation.Token));
    }
}
