using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Databases.PostgreSql;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using MigrationsBuild.Testing;
using Npgsql;
using PostgreSqlServer = MigrationsBuild.Testing.PostgreSqlServer;

namespace MigrationsBuild.Database.Tests;

/// <summary>
/// Scratch databases in a container. A stand-in for <c>docker</c> notes its arguments, and leads to a server of the tests.
/// </summary>
[TestClass]
public sealed class ScratchContainerTests
{
    private const string A = "20260101000000_A";
    private const string B = "20260102000000_B";

    /// <summary>Like Docker, it ends with its standard input, and knows a container's port only when it runs.</summary>
    private const string Docker =
        """
        #!/bin/sh
        cd "$(dirname "$0")"
        case $1 in
            run) printf '%s\n' "$@" > arguments; echo "$POSTGRES_PASSWORD" > password; cat > /dev/null; echo removed >> ended;;
            port) test -e ready || exit 1; echo "127.0.0.1:$(cat ready)";;
        esac

        """;

    /// <summary>Runs the command of the container on this machine.</summary>
    private const string Shell =
        """
        #!/bin/sh
        cd "$(dirname "$0")"
        PATH="$PWD:$PATH"
        case $1 in
            run) while test "$1" != sh; do shift; done; "$@"; echo ended > ended;;
            rm) echo removed > removed;;
            port) test -e ready || exit 1; echo "127.0.0.1:$(cat ready)";;
        esac

        """;

    [TestMethod]
    public void One_container_serves_all_scratch_databases_of_a_run_and_is_removed()
    {
        using var server = PostgreSqlServer.StartOwn();
        using var set = NewSet().Add(B, "CREATE TABLE b (id integer);\n", "SELECT 1;\n");

        var run = Task.Run(() => Verify(set, "postgres:17"));
        var password = Answer(set, server);

        // The rollback leaves a table, and the comparison with the model needs a second database.
        run.GetAwaiter().GetResult().FailsWith(DiagnosticCodes.NotVerified);
        CollectionAssert.AreEqual(
            new[]
            {
                "run", "--rm", "--interactive", "--name", "migrationsbuild_scratch_", "--env", "POSTGRES_PASSWORD", "--publish",
                "127.0.0.1::5432", "postgres:17", "sh", "-c",
                "exec 3<&0; cat <&3 & input=$!; { docker-entrypoint.sh postgres -c fsync=off; kill $input; } & wait $input 2>/dev/null",
            },
            set.Folder.Read("bin/arguments").TrimEnd().Split('\n')
                .Select(argument => argument.StartsWith("migrationsbuild_scratch_", StringComparison.Ordinal) ? argument[..24] : argument)
                .ToArray());
        Assert.AreEqual("removed\n", set.Folder.Read("bin/ended"));
        Assert.IsGreaterThanOrEqualTo(32, password.Length);
        Assert.DoesNotContain(password, run.Result.Command.ToString());
        Assert.AreEqual("Starting a container from postgres:17 for the scratch database", run.Result.Lines[0]);
    }

    [TestMethod]
    public void A_container_ends_with_a_run_that_is_killed()
    {
        using var set = NewSet();
        using var runner = CommandLine.Start(set.Folder.Path, MigrationSet.Command[0], MigrationSet.Command[1..], Environment(set));
        CommandLine.Send(runner, set.Input("verify", request => WithImage(request, "postgres:17")));
        Eventually.Holds(() => File.Exists(set.Folder["bin/password"]));
        Assert.IsFalse(File.Exists(set.Folder["bin/ended"]));

        runner.Kill();
        runner.WaitForExit();

        Eventually.Holds(() => File.Exists(set.Folder["bin/ended"]));
    }

    [TestMethod]
    public void A_container_that_doesnt_start_is_an_error_with_the_last_lines_of_Docker()
    {
        using var set = NewSet(
            """
            #!/bin/sh
            test $1 = run || exit 1
            echo 'Unable to find image' >&2
            echo 'docker: denied' >&2
            exit 125

            """);

        var error = Verify(set, "nobody/nothing:1").FailsWith(DiagnosticCodes.NoScratchServer);

        Assert.AreEqual(
            "A container from nobody/nothing:1 (DbScratchImage) can't be started for the scratch database: "
            + "Unable to find image docker: denied",
            error.Message);
    }

    [TestMethod]
    public void A_server_that_ends_is_an_error_with_its_last_lines()
    {
        using var set = NewSet(Shell);
        WriteProgram(set, "docker-entrypoint.sh", "#!/bin/sh\necho 'FATAL: no room for shared memory' >&2\nexit 1\n");

        var error = Verify(set, "postgres:17").FailsWith(DiagnosticCodes.NoScratchServer);

        StringAssert.EndsWith(error.Message, ": FATAL: no room for shared memory");
    }

    [TestMethod]
    public async Task The_shell_of_the_container_ends_with_its_standard_input()
    {
        // Without the output of the server, which lives on.
        using var set = NewSet(Shell.Replace("\"$@\";", "\"$@\" >/dev/null 2>&1;"));
        WriteProgram(set, "docker-entrypoint.sh", "#!/bin/sh\nexec sleep 20\n");
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAsync<OperationCanceledException>(() => StartAsync(set, TimeSpan.FromMinutes(1), cancellation.Token));

        Assert.AreEqual("ended\n", set.Folder.Read("bin/ended"));
        Assert.IsFalse(File.Exists(set.Folder["bin/removed"]));
    }

    [TestMethod]
    public async Task A_server_that_accepts_no_connections_is_an_error_with_its_last_lines()
    {
        using var set = NewSet(Shell);
        WriteProgram(set, "docker-entrypoint.sh", "#!/bin/sh\necho 'waiting for a disk' >&2\nexec sleep 20 >/dev/null 2>&1\n");
        set.Folder.Write("bin/ready", "1");

        var error = await Assert.ThrowsExactlyAsync<MigrationsException>(() => StartAsync(set, TimeSpan.FromSeconds(1)));

        StringAssert.Contains(error.Message, "Failed to connect to 127.0.0.1:1");
        StringAssert.EndsWith(error.Message, " waiting for a disk");
    }

    [TestMethod]
    [DataRow("exec sleep 300", DisplayName = "a removal that hangs")]
    [DataRow("head -c 1000000 /dev/zero | tr '\\0' x; echo removed > removed", DisplayName = "a removal with a lot of output")]
    [DataRow("", DisplayName = "a program that can't be started any more")]
    public async Task A_container_that_doesnt_end_doesnt_hide_the_failure_of_the_run(string remove)
    {
        using var set = NewSet(
            $"""
            #!/bin/sh
            cd "$(dirname "$0")"
            case $1 in
                run) {(remove.Length == 0 ? "rm docker; " : "")}echo denied >&2; exec sleep 300;;
                rm) {(remove.Length == 0 ? ":" : remove)};;
                port) test -e ready || exit 1; echo "127.0.0.1:$(cat ready)";;
            esac

            """);
        set.Folder.Write("bin/ready", "1");

        var start = StartAsync(set, TimeSpan.FromSeconds(1));
        var error = await Assert.ThrowsExactlyAsync<MigrationsException>(() => start.WaitAsync(TimeSpan.FromSeconds(60)));

        Assert.AreEqual(DiagnosticCodes.NoScratchServer, error.Diagnostic.Code);
        Assert.AreEqual(remove.Contains("removed", StringComparison.Ordinal), File.Exists(set.Folder["bin/removed"]));
    }

    [TestMethod]
    public void Without_Docker_the_error_says_so()
    {
        using var set = NewSet();
        File.Delete(set.Folder["bin/docker"]);

        var error = Verify(set, "postgres:17").FailsWith(DiagnosticCodes.NoScratchServer);

        StringAssert.Contains(error.Message, "the program docker can't be started");
    }

    [TestMethod]
    public void A_server_that_runs_is_used_first()
    {
        using var set = NewSet();

        set.RunProcess("verify", request => request with { Settings = new RunSettings { ScratchImage = "postgres:17" } }, Environment(set))
            .Succeeds();

        Assert.IsFalse(File.Exists(set.Folder["bin/arguments"]));
    }

    private static MigrationSet NewSet(string docker = Docker)
    {
        var set = new MigrationSet(SqlDialect.PostgreSql) { ModelScript = "CREATE TABLE \"A\" (\"Id\" integer NOT NULL);\n" }.AddTable(A);
        WriteProgram(set, "docker", docker);
        return set;
    }

    private static void WriteProgram(MigrationSet set, string name, string text)
    {
        set.Folder.Write($"bin/{name}", text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(set.Folder[$"bin/{name}"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private static Task<PostgreSqlContainer> StartAsync(
        MigrationSet set, TimeSpan startLimit, CancellationToken cancellation = default) => PostgreSqlContainer.StartAsync(
            new ContainerProgram(set.Folder["bin/docker"], startLimit, TimeSpan.FromSeconds(5)), "postgres:17", "scratch", cancellation);

    /// <summary>Gives the server of the tests the password of the container, and lets the stand-in name its port.</summary>
    private static string Answer(MigrationSet set, PostgreSqlServer server)
    {
        Eventually.Holds(() => File.Exists(set.Folder["bin/password"]) && set.Folder.Read("bin/password").EndsWith('\n'));
        var password = set.Folder.Read("bin/password").Trim();
        server.Execute("postgres", $"ALTER ROLE postgres PASSWORD '{password}'");
        set.Folder.Write("bin/ready", $"{new NpgsqlConnectionStringBuilder(server.ConnectionString()).Port}");
        return password;
    }

    private static RunnerResult Verify(MigrationSet set, string image) =>
        set.RunProcess("verify", request => WithImage(request, image), Environment(set));

    private static RunnerRequest WithImage(RunnerRequest request, string image) =>
        request with { ConnectionVariable = "", Settings = new RunSettings { ScratchImage = image } };

    private static Dictionary<string, string?> Environment(MigrationSet set) => new(set.Environment())
    {
        ["PATH"] = File.Exists(set.Folder["bin/docker"]) ? $"{set.Folder["bin"]}:/bin:/usr/bin" : set.Folder["bin"],
    };
}
