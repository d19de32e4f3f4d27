using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Protocol;

[TestClass]
public sealed class ConnectionVariablesTests : IDisposable
{
    // A name of the test's own: the environment is the whole process's.
    private readonly string _variable = "CORE_TESTS_" + Guid.NewGuid().ToString("N");
    private readonly List<string> _set = [];

    public void Dispose() => _set.ForEach(name => Environment.SetEnvironmentVariable(name, null));

    [TestMethod]
    public void The_contexts_variable_counts_before_the_general_one_and_a_value_before_a_file()
    {
        Assert.IsNull(ConnectionVariables.FindSet(_variable, "Shop"));

        foreach (var name in new[] { "_FILE", "", "__Shop_FILE", "__Shop" })
        {
            Set(name, "x");
            Assert.AreEqual(_variable + name, ConnectionVariables.FindSet(_variable, "Shop"));
        }

        Assert.AreEqual(_variable, ConnectionVariables.FindSet(_variable, "Log"));
    }

    [TestMethod]
    public void An_empty_variable_isnt_set()
    {
        Set("__Shop", "");

        Assert.IsNull(ConnectionVariables.FindSet(_variable, "Shop"));
    }

    [TestMethod]
    public void A_variable_that_isnt_set_is_reported_by_name()
    {
        Assert.Contains(
            $"Set the environment variable {_variable} to",
            Assert.ThrowsExactly<MigrationsException>(() => ConnectionVariables.Read(_variable)).Message);
        Assert.Contains(
            "Set the environment variable MIGRATIONS_CONNECTION to",
            Assert.ThrowsExactly<MigrationsException>(() => ConnectionVariables.Read("")).Message);
    }

    [TestMethod]
    public void A_variable_gives_its_value_or_what_its_file_holds()
    {
        using var folder = new TestFolder();
        folder.Write("secret", "  Host=db\r\n");
        Set("", " Host=local ");
        Set("_FILE", folder["secret"]);

        Assert.AreEqual(" Host=local ", ConnectionVariables.Read(_variable));
        Assert.AreEqual("Host=db", ConnectionVariables.Read(_variable + "_FILE"));
    }

    [TestMethod]
    public void A_file_that_isnt_there_is_reported_without_its_name()
    {
        Set("_FILE", "/no/such/Password=hush");

        var failure = Assert.ThrowsExactly<MigrationsException>(() => ConnectionVariables.Read(_variable + "_FILE"));

        Assert.AreEqual(DiagnosticCodes.NoConnection, failure.Diagnostic.Code);
        Assert.StartsWith(_variable + "_FILE names a file that can't be read (DirectoryNotFoundException)", failure.Message);
        Assert.DoesNotContain("hush", failure.Message);
    }

    private void Set(string suffix, string value)
    {
        _set.Add(_variable + suffix);
        Environment.SetEnvironmentVariable(_variable + suffix, value);
    }
}
