using MigrationsBuild.Testing;

namespace MigrationsBuild.Tool.Tests;

/// <summary>The build that the tool starts, here by a program in place of <c>dotnet</c>.</summary>
[TestClass]
public sealed class BuildProcessTests : IDisposable
{
    private readonly TestProject _project = TestProject.CreateMigrated();

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void The_last_event_says_whether_it_has_succeeded()
    {
        // MSBuild's server may lose the exit code.
        var succeeded = Call($"{Dotnet.Path} \"$@\"; exit 1", "check");
        Assert.AreEqual(0, succeeded.ExitCode, succeeded.ToString());
        Assert.Contains("No new upgrade operations detected", succeeded.Output);

        _project.Folder.Replace("Models/User.cs", "class", "clas");
        var failed = Call($"{Dotnet.Path} \"$@\"; exit 0", "check");
        Assert.AreEqual(1, failed.ExitCode, failed.ToString());
        Assert.Contains("CS", failed.Error);
    }

    [TestMethod]
    public void Without_a_last_event_it_has_failed()
    {
        var silent = Call("exit 0", "check");
        Assert.AreEqual(1, silent.ExitCode, silent.ToString());
        Assert.Contains("dotnet build ended", silent.Error);

        var stopped = Call("echo A fatal error occurred.; exit 130", "check");
        Assert.AreEqual(1, stopped.ExitCode, stopped.ToString());
        Assert.Contains("A fatal error occurred.", stopped.Error);
    }

    [TestMethod]
    [DataRow("check", "1")]
    [DataRow("rollback", "0")]
    [DataRow("reset", "0")]
    public void The_users_server_is_used_except_by_verbs_that_may_ask(string verb, string server)
    {
        Call("printf %s \"$DOTNET_CLI_USE_MSBUILD_SERVER\" > server; exit 1", verb);

        Assert.AreEqual(server, _project.Folder.Read("server"));
    }

    private CommandResult Call(string script, params string[] arguments)
    {
        var program = _project.Folder["dotnet.sh"];
        File.WriteAllText(program, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return _project.Call(new Dictionary<string, string?> { ["DOTNET_HOST_PATH"] = program }, arguments);
    }
}
