using System.Text.Json;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.Logging;
using MigrationsBuild.Tasks.Reports;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Tasks.Tests.Reports;

[TestClass]
public class SarifTests
{
    private const string Hostile = "a \"quote\" \\ / <tag> & 'x'\n\t\u0001\u2028 é 😀 \ud800 end";

    [TestMethod]
    public void Every_finding_has_a_rule_a_level_a_text_and_a_location()
    {
        using var folder = new TestFolder();
        folder.Write("MIG1001.md", "# MIG1001\n\nThe \"page\".\n");
        var findings = new[]
        {
            new ShownFinding(
                DiagnosticCodes.NotApproved, Severity.Warning, "a draft", new Location(folder["App/Migrations/1 #ä.sql"], 1, 1)),
            new ShownFinding(DiagnosticCodes.Drift, Severity.Error, Hostile, new Location(folder["App/User.cs"], 12, 0)),
            new ShownFinding(DiagnosticCodes.NotAdopted, Severity.Message, "a message", null),
            new ShownFinding(DiagnosticCodes.MissingMigration, Severity.Off, "not shown", null),
            new ShownFinding(DiagnosticCodes.Drift, Severity.Error, "another", new Location("/else where/A.cs", 3, 4)),
        };

        var run = Run(
            new SarifFindings("1.2.3", folder["App/App.csproj"], new SourcePaths(folder.Path), code => folder[code + ".md"]).Log(findings));

        var driver = run.GetProperty("tool").GetProperty("driver");
        Assert.AreEqual("MigrationsBuild 1.2.3", $"{driver.GetProperty("name")} {driver.GetProperty("version")}");
        Assert.AreEqual(
            "MIG1001 MIG1002 MIG1006",
            string.Join(' ', driver.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id"))));
        var rule = driver.GetProperty("rules")[0];
        Assert.AreEqual("A model change has no migration", rule.GetProperty("shortDescription").GetProperty("text").GetString());
        Assert.AreEqual("# MIG1001\n\nThe \"page\".\n", rule.GetProperty("help").GetProperty("markdown").GetString());
        Assert.IsFalse(rule.TryGetProperty("helpUri", out _), "The page's path is this machine's.");
        Assert.IsFalse(driver.GetProperty("rules")[1].TryGetProperty("help", out _));
        Assert.AreEqual(
            new Uri(folder.Path + "/").AbsoluteUri,
            run.GetProperty("originalUriBaseIds").GetProperty("%SRCROOT%").GetProperty("uri").GetString());
        CollectionAssert.AreEqual(
            new[]
            {
                """MIG1002 1 warning {"uri":"App/Migrations/1%20%23%C3%A4.sql","uriBaseId":"%SRCROOT%"} {"startLine":1,"startColumn":1}""",
                """MIG1001 0 error {"uri":"App/User.cs","uriBaseId":"%SRCROOT%"} {"startLine":12}""",
                """MIG1006 2 note {"uri":"App/App.csproj","uriBaseId":"%SRCROOT%"} """,
                """MIG1001 0 error {"uri":"file:///else%20where/A.cs"} {"startLine":3,"startColumn":4}""",
            },
            run.GetProperty("results").EnumerateArray().Select(Describe).ToArray());
    }

    [TestMethod]
    public void Hostile_text_comes_back_as_it_was()
    {
        var text = Hostile.Replace("\ud800", "", StringComparison.Ordinal);
        var findings = new SarifFindings("1", "/a/App.csproj", new SourcePaths("/a"), code => "/none/" + code);
        var run = Run(findings.Log([new(DiagnosticCodes.Drift, Severity.Error, text, null)]));

        Assert.AreEqual(text, run.GetProperty("results")[0].GetProperty("message").GetProperty("text").GetString());
    }

    [TestMethod]
    public void It_is_written_by_every_check_also_an_unchanged_and_a_clean_one()
    {
        using var harness = new TaskHarness();
        harness.Metadata["DbErrorLog"] = "logs/db.sarif,version=2.1";
        harness.Metadata["DbDrift"] = "error";
        var location = new Location(harness.Folder["Models/User.cs"], 1, 2);
        JsonElement RunOfFile() => JsonDocument.Parse(harness.Folder.Read("logs/db.sarif")).RootElement.GetProperty("runs")[0];
        string[] Results() => [.. RunOfFile().GetProperty("results").EnumerateArray().Select(Describe)];
        var expected = """MIG1001 0 error {"uri":"Models/User.cs","uriBaseId":"%SRCROOT%"} {"startLine":1,"startColumn":2}""";

        Assert.IsFalse(
            harness.Answers(harness.Context(new Diagnostic(DiagnosticCodes.Drift, "drift", location))).Execute(new CheckMigrations()));
        Assert.AreEqual(expected, Results().First());
        File.Delete(harness.Folder["logs/db.sarif"]);
        Assert.IsFalse(harness.Execute(new CheckMigrations()));
        Assert.AreEqual(expected, Results().First());
        Assert.AreEqual(1, harness.Starts);
        harness.Folder.Write("bin/App.dll", "another assembly");
        harness.Metadata["NoWarn"] = "MIG1024";
        Assert.IsTrue(harness.Answers(harness.Context() with { Migrations = [] }).Execute(new CheckMigrations()));

        Assert.IsEmpty(Results());
    }

    private static string Describe(JsonElement result)
    {
        var location = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        var region = location.TryGetProperty("region", out var found) ? JsonSerializer.Serialize(found) : "";
        var file = JsonSerializer.Serialize(location.GetProperty("artifactLocation"));
        return $"{result.GetProperty("ruleId")} {result.GetProperty("ruleIndex")} {result.GetProperty("level")} {file} {region}";
    }

    private static JsonElement Run(SarifLog log)
    {
        var root = JsonDocument.Parse(log.ToJson()).RootElement;
        Assert.AreEqual("2.1.0", root.GetProperty("version").GetString());
        Assert.AreEqual("https://json.schemastore.org/sarif-2.1.0.json", root.GetProperty("$schema").GetString());
        return root.GetProperty("runs")[0];
    }
}
