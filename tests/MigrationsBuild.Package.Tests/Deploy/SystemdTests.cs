using System.ComponentModel;
using System.Globalization;
using MigrationsBuild.Testing;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Package.Tests.Deploy;

/// <summary>The units of <c>docs/deploy.md</c>: systemd takes them, where there is one, and what they start runs.</summary>
[TestClass]
public class SystemdTests : OneAtATime
{
    private static readonly string[] _units = ["shop-migrate.service", "shop.service"];

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void The_unit_migrates_with_the_connection_of_its_credential()
    {
        using var database = DeployDatabase.Create();
        using var credentials = new TestFolder("credentials");
        var unit = new SystemdUnit(DeployDocument.Text("shop-migrate.service"));
        credentials.Write(unit["LoadCredential"].Split(':')[0], database.ConnectionString);
        Assert.AreEqual("/opt/shop", unit["WorkingDirectory"]);
        Assert.AreEqual("/usr/bin/dotnet", unit.Command[0]);

        var result = ShopRepository.Shared.Run(
            ShopRepository.Shared.Published, Dotnet.Path, unit.Command[1..], unit.Environment(credentials.Path));

        Assert.AreEqual(ExitCodes.Done, result.ExitCode, result.ToString());
        Assert.Contains("2 migrations applied", result.Output);
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void The_application_waits_for_it_and_what_would_fail_again_isnt_started_again()
    {
        var migrations = new SystemdUnit(DeployDocument.Text("shop-migrate.service"));
        var application = new SystemdUnit(DeployDocument.Text("shop.service"));

        Assert.AreEqual("oneshot", migrations["Type"]);
        Assert.AreEqual("on-failure", migrations["Restart"]);
        Assert.AreEqual(ExitCodes.Final.ToString(CultureInfo.InvariantCulture), migrations["RestartPreventExitStatus"]);
        Assert.AreEqual("shop-migrate.service", application["Requires"]);
        Assert.AreEqual("shop-migrate.service", application["After"]);
    }

    [TestMethod]
    public void Systemd_understands_them()
    {
        using var folder = new TestFolder("units");
        foreach (var unit in _units)
            folder.Write(unit, DeployDocument.Text(unit).Replace("/usr/bin/dotnet", "/bin/sh", StringComparison.Ordinal));

        var complaints = Verify(folder).Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.Contains("'RestartMode'", StringComparison.Ordinal) /* systemd 254 */);

        Assert.AreEqual("", string.Join("\n", complaints));
    }

    private static CommandResult Verify(TestFolder folder)
    {
        try
        {
            return CommandLine.Run(folder.Path, "systemd-analyze", ["verify", "--man=no", .. _units.Select(unit => folder[unit])]);
        }
        catch (Win32Exception)
        {
            Assert.Inconclusive("This test needs systemd-analyze.");
            throw;
        }
    }
}
