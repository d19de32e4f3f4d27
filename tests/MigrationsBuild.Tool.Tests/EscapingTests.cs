using System.Text.Json;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Tool.Tests;

/// <summary>Values from the command line to where MSBuild hands them out.</summary>
[TestClass]
public class EscapingTests
{
    private static readonly string[] _nasty =
    [
        "a,b", "a;b", "a b", "say \"x\"", "C:\\temp\\", "%3B", "100%",
        "$(Configuration)", "@(Compile)", "é→", "line\nline", "-p:Evil=1", "'quoted'", "*.cs?", "a=b|c&d", "(x)",
    ];

    [TestMethod]
    public void Sixteen_nasty_values_reach_MSBuild_to_the_letter()
    {
        using var folder = new TestFolder();
        // A message is one line, so a line end has to arrive as something else.
        var warnings = string.Concat(_nasty.Select((_, i) => $"<Warning Code=\"V{i}\" Text=\"$(V{i}.Replace('%0A', '↵'))\" />"));
        folder.Write("App.csproj", $"""<Project><Target Name="DbCurrent">{warnings}</Target></Project>""");

        var properties = _nasty.SelectMany((value, i) => new[] { "-p", $"V{i}={value}" });
        var result = Db.Run(folder.Path, null, ["current", "--no-restore", "--json", "--verbose", .. properties]);

        Assert.AreEqual(0, result.ExitCode, result.ToString());
        var texts = JsonDocument.Parse(result.Output).RootElement.GetProperty("diagnostics")
            .EnumerateArray()
            .Select(diagnostic => diagnostic.GetProperty("message").GetString());
        Assert.AreEqual(string.Join('\n', _nasty.Select(value => value.Replace('\n', '↵'))), string.Join('\n', texts));
    }

    [TestMethod]
    public void Values_reach_the_task_unchanged()
    {
        using var project = TestProject.CreateMigrated();
        var value = "a;b,c \"d\" %3B $(x) @(y) -p:Evil=1 \\";

        var result = project.Call(null, "current", "--context", value);

        Assert.AreEqual(1, result.ExitCode, result.ToString());
        Assert.Contains($"error MIG4001: The project's assembly contains no DbContext {value} with", result.Error);
    }

    [TestMethod]
    public void A_message_of_any_characters_names_a_migration()
    {
        using var project = TestProject.Create();

        project.Succeed("revision", "-m", "a;b,\"c\" %3B $(Configuration) @(Compile)\nd\\");

        Assert.AreEqual("ABC3BConfigurationCompileD.cs", Path.GetFileName(project.Folder.Find("Migrations", "*CompileD.cs"))[15..]);
    }
}
