using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Settings;

namespace MigrationsBuild.Core.Tests.Protocol;

[TestClass]
public class RunSettingsTests
{
    public static RunSettings Odd { get; } = new()
    {
        LockTimeout = TimeSpan.FromSeconds(0.25),
        StatementTimeout = TimeSpan.FromSeconds(90),
        Retries = 0,
        RetryDelay = TimeSpan.FromSeconds(2),
        WaitTimeout = TimeSpan.FromSeconds(7),
        ConnectTimeout = TimeSpan.FromSeconds(11),
        IsOneTransaction = true,
        AllowsOutOfOrder = true,
        RefuseLock = "rewrite:1GB, reads:1.5TB",
        RefusesDrift = true,
        Ignore = "audit.*;Legacy*",
        ScratchImage = "ghcr.io/shop/postgres:17@sha256:0a",
        Role = Wire.Odd,
    };

    [TestMethod]
    public void They_come_back()
    {
        Assert.AreEqual(Odd, Wire.Send(new MessageLine("x").WithRecord(Odd)).Single().ReadRecord<RunSettings>());
        Assert.AreEqual(new RunSettings(), new MessageLine("x").ReadRecord<RunSettings>(), "An older build's message has none.");
    }

    [TestMethod]
    public void Every_setting_has_a_row_in_the_table_of_settings()
    {
        string[] texts =
        [
            "0.25", "90", "0", "2", "7", "11", "all", "allow", "rewrite:1GB, reads:1.5TB", "drift", "audit.*;Legacy*",
            "ghcr.io/shop/postgres:17@sha256:0a", Wire.Odd,
        ];

        Assert.AreEqual(
            Odd, new RunSettings().With(setting => texts[RunSettings.All.ToList().IndexOf(setting)], setting => setting.Property));
        Assert.HasCount(RunSettings.All.Count, new MessageLine("x").WithRecord(Odd).Fields);
    }

    [TestMethod]
    public void What_isnt_given_stays() =>
        Assert.AreEqual(Odd, Odd.With(setting => setting.Name == "retries" ? "" : null, setting => setting.Name));

    [TestMethod]
    [DataRow("lock-timeout", "DbLockTimeout", "3s")]
    [DataRow("lock-timeout", "DbLockTimeout", "-1")]
    [DataRow("statement-timeout", "DbStatementTimeout", "NaN")]
    [DataRow("wait-timeout", "DbWaitTimeout", "1,5")]
    [DataRow("connect-timeout", "DbConnectTimeout", "1e99")]
    [DataRow("retries", "DbRetries", "-1")]
    [DataRow("retries", "DbRetries", "many")]
    [DataRow("transaction", "DbTransaction", "one")]
    [DataRow("out-of-order", "DbOutOfOrder", "true")]
    [DataRow("gate", "DbGate", "diff")]
    [DataRow("scratch-image", "DbScratchImage", "--privileged")]
    [DataRow("scratch-image", "DbScratchImage", "postgres 17")]
    [DataRow("refuse-lock", "DbRefuseLock", "1")]
    [DataRow("refuse-lock", "DbRefuseLock", "1 PB")]
    [DataRow("refuse-lock", "DbRefuseLock", "-1GB")]
    [DataRow("refuse-lock", "DbRefuseLock", "scan:1GB")]
    [DataRow("refuse-lock", "DbRefuseLock", "1GB,none")]
    [DataRow("refuse-lock", "DbRefuseLock", ",")]
    public void What_cant_be_understood_is_refused_by_its_name(string name, string property, string text)
    {
        var error = Assert.ThrowsExactly<MigrationsException>(
            () => new RunSettings().With(setting => setting.Name == name ? text : null, setting => setting.Property));

        Assert.AreEqual(DiagnosticCodes.InvalidSetting, error.Diagnostic.Code);
        Assert.StartsWith($"{property} is {text}. It must be ", error.Message);
    }
}
