using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;

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
        Role = Wire.Odd,
    };

    [TestMethod]
    public void They_come_back()
    {
        Assert.AreEqual(Odd, RunSettings.From(Wire.Send(Odd.AddTo(new MessageLine("x"))).Single()));
        Assert.AreEqual(new RunSettings(), RunSettings.From(new MessageLine("x")), "An older build's message has none.");
    }

    [TestMethod]
    public void Every_setting_is_one_that_can_be_given_and_is_told()
    {
        var told = Odd.AddTo(new MessageLine("x")).Fields.ToDictionary(field => field.Key, field => field.Value);

        CollectionAssert.AreEquivalent(RunSettings.All.Select(setting => setting.Name).ToArray(), told.Keys.ToArray());
        Assert.AreEqual(Odd, new RunSettings().With(setting => told[setting.Name], setting => setting.Property));
    }

    [TestMethod]
    public void What_isnt_given_stays() => Assert.AreEqual(Odd, Odd.With(setting => setting.Name == "retries" ? "" : null, setting => setting.Name));

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
    public void What_cant_be_understood_is_refused_by_its_name(string name, string property, string text)
    {
        var error = Assert.ThrowsExactly<MigrationsException>(() => new RunSettings().With(setting => setting.Name == name ? text : null, setting => setting.Property));

        Assert.AreEqual(DiagnosticCodes.InvalidSetting, error.Diagnostic.Code);
        Assert.StartsWith($"{property} is {text}. It must be ", error.Message);
    }
}
