using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>Builds on a machine that lets them do little, as containers do: a source tree that can't be written, and no network.</summary>
[TestClass]
public class IsolationTests
{
    [TestMethod]
    public void In_a_read_only_source_tree_without_network_a_build_checks_and_a_verb_that_writes_fails()
    {
        RequireNamespaces();
        using var project = TestProject.CreateMigrated().AddAvatar();
        using var outputs = new TestFolder();
        var before = project.Folder.Sources();

        var build = Isolated(project, outputs, "");
        Assert.AreEqual(0, build.ExitCode, build.ToString());
        Assert.Contains("Models/User.cs(9,20): warning MIG1001", build.Output);
        Assert.Contains("no network", build.Output);

        var revision = Isolated(project, outputs, "-t:DbRevision");
        Assert.AreEqual(1, revision.ExitCode, revision.ToString());
        Assert.Contains("error MIG4007: ", revision.Output);
        Assert.Contains("Read-only file system", revision.Output);
        CollectionAssert.AreEquivalent(before.ToArray(), project.Folder.Sources().ToArray());
    }

    /// <summary>
    /// Runs a build in namespaces of its own: the project's folder is mounted read-only, and there is no network interface that is up.
    /// </summary>
    private static CommandResult Isolated(TestProject project, TestFolder outputs, string arguments)
    {
        var (source, output) = (project.Folder.Path, outputs.Path);
        var script = $"""
            mount --bind '{source}' '{source}' && mount -o remount,ro,bind '{source}' && cd '{source}' \
            && ([ $(wc -l < /proc/net/route) -gt 1 ] || echo no network) \
            && exec '{Dotnet.Path}' build App.csproj --no-restore -tl:off -nodeReuse:false \
              '-p:IntermediateOutputPath={output}/obj/' '-p:OutputPath={output}/bin/' {arguments}
            """;
        return CommandLine.Run("/", "unshare", ["-rmn", "sh", "-c", script]);
    }

    private static void RequireNamespaces()
    {
        if (!OperatingSystem.IsLinux() || CommandLine.Run("/", "unshare", ["-rmn", "true"]).ExitCode != 0)
            Assert.Inconclusive("This machine gives a process no mount and network of its own.");
    }
}
