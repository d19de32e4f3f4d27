using MigrationsBuild.Testing;

namespace MigrationsBuild.Tool.Tests;

/// <summary>A verb that drops a development database asks whoever is at the terminal, which the build has from the tool.</summary>
[TestClass]
public class ConfirmationTests
{
    [TestMethod]
    public void A_reset_asks_at_a_terminal_and_yes_is_the_only_answer_that_drops()
    {
        using var project = TestProject.CreateMigrated();
        project.Succeed("migrate");
        SqliteFile.Query(project.Folder["app.db"], "CREATE TABLE kept (id integer)");

        var no = AtTerminal(project, "n");
        Assert.AreEqual(1, no.ExitCode, no.ToString());
        Assert.HasCount(2, no.Output.Split("Drop SQLite file "), no.ToString());
        Assert.Contains("MIG3008", no.Output);
        Assert.HasCount(1, Kept(project));

        var yes = AtTerminal(project, "y");
        Assert.AreEqual(0, yes.ExitCode, yes.ToString());
        Assert.Contains("1 migration applied", yes.Output);
        Assert.IsEmpty(Kept(project));
    }

    /// <summary>MSBuild's server is switched on, as some people have it: builds in it can't ask.</summary>
    private static CommandResult AtTerminal(TestProject project, string answer) =>
        TerminalCommand.Run(
            project.Folder.Path,
            $"DOTNET_CLI_USE_MSBUILD_SERVER=1 {Dotnet.Path} exec {Db.Assembly} reset --no-restore",
            "[y/N] ",
            answer);

    private static IReadOnlyList<string> Kept(TestProject project) =>
        SqliteFile.Query(project.Folder["app.db"], "SELECT name FROM sqlite_master WHERE name = 'kept'");
}
