using System.Runtime.Versioning;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>The native runner is started where it can run, and the other one where it can't. Shell scripts stand in for it.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
[UnsupportedOSPlatform("windows")]
public sealed class NativeRunnerTests : IDisposable
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TaskHarness _harness = new();

    public NativeRunnerTests()
    {
        _harness.HasConnection = true;
        _harness.Adopt();
        _harness.Metadata["NativeRunnerPath"] = _harness.Folder["native"];
    }

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    public void It_gets_the_request_and_its_messages_are_the_runners()
    {
        Native($"read -r line\necho \"$line\" > request\necho '{Line("from the native runner")}'");

        Assert.IsTrue(Run());

        Assert.Contains("request", _harness.Folder.Read("request"));
        Assert.Contains("from the native runner", _harness.Engine.Lines);
        Assert.AreEqual(0, _harness.RunnerStarts);
    }

    [TestMethod]
    [DataRow("echo \"native: /lib/libc.so.6: version \\`GLIBC_2.38' not found (required by native)\" >&2\nexit 1")]
    [DataRow("echo 'native: error while loading shared libraries: libz.so.1: cannot open shared object file' >&2\nexit 127")]
    [DataRow("echo 'dyld[1]: Library not loaded: /usr/lib/libz.dylib' >&2\nexit 134")]
    [DataRow("echo 'Error relocating native: __libc_start_main: symbol not found' >&2\nexit 127")]
    public void Where_a_library_is_missing_the_other_one_runs(string script)
    {
        Native(script);
        _harness.RunnerScript("print " + Line("from the other runner"));

        Assert.IsTrue(Run());

        Assert.Contains("from the other runner", _harness.Engine.Lines);
    }

    [TestMethod]
    [DataRow(UnixFileMode.UserRead, "#!/bin/sh\n", DisplayName = "not executable")]
    [DataRow(Executable, "#!/no/such/loader\n", DisplayName = "no loader")]
    public void Where_it_cant_be_started_the_other_one_runs(UnixFileMode mode, string content)
    {
        _harness.Folder.Write("native", content);
        File.SetUnixFileMode(_harness.Folder["native"], mode);
        _harness.RunnerScript("print " + Line("from the other runner"));

        Assert.IsTrue(Run());

        Assert.Contains("from the other runner", _harness.Engine.Lines);
    }

    [TestMethod]
    [DataRow("echo 'the process broke down' >&2\nexit 134", DisplayName = "after the start")]
    [DataRow("echo '{line}'\necho \"version \\`GLIBC_2.38' not found\" >&2\nexit 1", DisplayName = "after it has answered")]
    public void Once_it_runs_the_other_one_is_not_tried(string script)
    {
        Native(script.Replace("{line}", Line("connected"), StringComparison.Ordinal));

        Assert.IsFalse(Run());

        Assert.AreEqual("MIG9001", _harness.Engine.Errors.Single().Code);
        Assert.AreEqual(0, _harness.RunnerStarts);
    }

    private bool Run() => _harness.Execute(new DbCurrent());

    private void Native(string script)
    {
        _harness.Folder.Write("native", "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(_harness.Folder["native"], Executable);
    }

    private static string Line(string text) => new MessageLine(RunnerMessages.Line).With("text", text).ToString();
}
