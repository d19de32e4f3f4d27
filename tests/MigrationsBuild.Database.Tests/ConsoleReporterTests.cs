using MigrationsBuild.Diagnostics;
using MigrationsBuild.Runner.Deployment;
using MigrationsBuild.Settings;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Database.Tests;

/// <summary>Where no SDK is, a command is one of the deployed runner, if it has it, and a setting is an option.</summary>
[TestClass]
public sealed class ConsoleReporterTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private ConsoleReporter Reporter => new(_output, _error, "dotnet runner.dll");

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [TestMethod]
    public void A_line_ends_with_a_command_of_the_runner()
    {
        Reporter.Line("1 pending: A.", Hint.Run(VerbTable.Migrate));

        Assert.AreEqual("1 pending: A. Run: dotnet runner.dll migrate", _output.ToString().TrimEnd());
    }

    [TestMethod]
    public void A_command_that_only_a_build_has_is_worded_as_one()
    {
        Reporter.Diagnostic(new Diagnostic(DiagnosticCodes.ApplyUnapproved, "A isn't approved.", Hint.Run(VerbTable.Approve, "A")));

        Assert.AreEqual(
            $"error {DiagnosticCodes.ApplyUnapproved}: A isn't approved. Run: dotnet build -t:DbApprove -p:DbRev=A",
            _error.ToString().TrimEnd());
    }

    [TestMethod]
    public void Every_setting_of_a_run_is_an_option()
    {
        foreach (var setting in RunSettings.All)
        {
            _output.GetStringBuilder().Clear();

            Reporter.Line("It took too long.", Hint.Add("Set", setting.Property, "x"));

            Assert.AreEqual($"It took too long. Set: --{setting.Name} x", _output.ToString().TrimEnd());
        }
    }

    [TestMethod]
    public void Names_of_users_stay_as_they_are()
    {
        Reporter.Line("sql/DbReset.sql was changed: -p:DbForce=x");

        Assert.AreEqual("sql/DbReset.sql was changed: -p:DbForce=x", _output.ToString().TrimEnd());
    }
}
