using System.Text.Json;
using System.Text.RegularExpressions;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Testing;
using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Tool.Output;
using MigrationsBuild.Tool.Results;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.Tests;

/// <summary>The same results for a person, a pipe and a program.</summary>
[TestClass]
public class OutputTests
{
    private static readonly Dictionary<string, string?> _sqlite = new() { ["MIGRATIONS_CONNECTION"] = "Data Source=app.db" };

    [TestMethod]
    public void Plain_lines_in_a_pipe_colours_and_a_table_at_a_terminal()
    {
        using var project = TestProject.CreateMigrated();
        project.Succeed("migrate");

        var piped = project.Succeed("history");
        Assert.DoesNotContain("\u001b", piped);
        Assert.Contains("<base> -> ", piped);

        var terminal = AtTerminal(project, null, "history");
        Assert.Contains("│", terminal);
        Assert.Contains("\u001b[", terminal);
        Assert.Contains("applied", terminal);

        var colourless = AtTerminal(project, "1", "history");
        Assert.Contains("<base> -> ", colourless);
        Assert.DoesNotContain("\u001b[38", colourless);
        Assert.Contains("error MIG4011", AtTerminal(project, "1", "histroy"));
    }

    [TestMethod]
    public void A_terminal_shows_text_to_the_letter()
    {
        const string Text = "INSERT INTO a VALUES ('urn:key:1', '[red]x[/]'); -- LOSES DATA (head) :warning:";
        var (output, error) = (new StringWriter(), new StringWriter());
        var terminal = new TerminalOutput(new VerbCall(VerbTable.Script, []), output, error);

        terminal.Line(new ReportedLine("", Text));
        terminal.Diagnostic(new ReportedDiagnostic("error", "MIG2108", Text, "", 0, 0, "https://example.com/a:key:b"));

        Assert.AreEqual($"{Text}\n", WithoutColors(output));
        Assert.AreEqual($"error MIG2108: {Text}\n", WithoutColors(error));
    }

    private static string WithoutColors(StringWriter terminal) =>
        Regex.Replace(terminal.ToString(), @"\e(\[[0-9;]*m|\][^\e]*\e\\)", "").ReplaceLineEndings("\n");

    [TestMethod]
    public void Redirected_output_is_UTF_8_whatever_the_encoding_of_the_console()
    {
        using var folder = new TestFolder();

        var result = Db.Run(folder.Path, new Dictionary<string, string?> { ["LC_ALL"] = "de_DE.ISO-8859-1" }, "explain", "2203");

        Assert.StartsWith("# MIG2203", result.Output);
        Assert.Contains("ADD CONSTRAINT … UNIQUE", result.Output);
    }

    [TestMethod]
    public void Quiet_leaves_warnings_and_errors()
    {
        using var project = TestProject.CreateMigrated();

        Assert.AreEqual("", project.Succeed("migrate", "--quiet"));
        Assert.Contains("error MIG3007", project.Call(null, "migrate", "nonsense", "-q").Error);
    }

    [TestMethod]
    public void Json_is_one_document_with_everything()
    {
        using var project = TestProject.CreateMigrated();
        var migrate = Json(project.Succeed(_sqlite, "migrate", "--json"));
        Assert.AreEqual("migrate", migrate.GetProperty("verb").GetString());
        Assert.IsTrue(migrate.GetProperty("success").GetBoolean());
        Assert.AreEqual(0, migrate.GetProperty("exitCode").GetInt32());
        Assert.AreEqual(project.Folder["App.csproj"], migrate.GetProperty("project").GetString());
        Assert.AreEqual(1, migrate.GetProperty("results")[0].GetProperty("done").GetProperty("count").GetInt32());

        var result = Json(project.Succeed(_sqlite, "history", "--json")).GetProperty("results").EnumerateArray().Single();
        Assert.AreEqual("App.AppDbContext", result.GetProperty("context").GetString());
        Assert.AreEqual("MIGRATIONS_CONNECTION", result.GetProperty("database").GetProperty("source").GetString());
        var migration = result.GetProperty("migrations").EnumerateArray().Single();
        Assert.EndsWith("_Initial", migration.GetProperty("id").GetString());
        Assert.IsTrue(migration.GetProperty("head").GetBoolean());
        Assert.IsTrue(migration.GetProperty("current").GetBoolean());
        Assert.IsFalse(migration.GetProperty("pending").GetBoolean());
        Assert.IsGreaterThanOrEqualTo(0, migration.GetProperty("durationMs").GetInt32());
    }

    [TestMethod]
    public void Json_contains_the_locks_of_a_dry_run()
    {
        var report = new CallReport();
        foreach (var table in new[] { "a", "\"B\"" })
        {
            report.Results.Add(new ReportedResult("App.csproj", new MessageLine(RunnerMessages.Lock)
                .With("migration", "1_A").With("table", table).With("mode", "SHARE").With("size-bytes", 8192L).With("rows", 7L)));
        }

        var json = new JsonOutput(VerbTable.Migrate.Name, "App.csproj").Document(report, 0);

        var locks = JsonSerializer.Deserialize<JsonElement>(json.ToJsonString()).GetProperty("results")[0].GetProperty("locks");
        CollectionAssert.AreEqual(
            new[] { "a", "\"B\"" }, locks.EnumerateArray().Select(one => one.GetProperty("table").GetString()).ToArray());
        Assert.AreEqual(8192, locks[0].GetProperty("sizeBytes").GetInt64());
        Assert.AreEqual(7, locks[0].GetProperty("rows").GetInt32());
    }

    [TestMethod]
    public void Json_contains_the_data_that_a_run_drops()
    {
        var report = new CallReport();
        report.Results.Add(new ReportedResult("App.csproj", new MessageLine(RunnerMessages.Loss)
            .With("migration", "1_A").With("table", "users").With("column", "avatar").With("rows", 51002L).With("values", 48112L)));

        var json = new JsonOutput(VerbTable.Rollback.Name, "App.csproj").Document(report, 0);

        var loss = JsonSerializer.Deserialize<JsonElement>(json.ToJsonString()).GetProperty("results")[0].GetProperty("losses")[0];
        Assert.AreEqual((51002, 48112), (loss.GetProperty("rows").GetInt32(), loss.GetProperty("values").GetInt32()));
        Assert.AreEqual("avatar", loss.GetProperty("column").GetString());
    }

    [TestMethod]
    public void Json_contains_failures()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Replace("Models/User.cs", "\n}", "\n\n    public string? Avatar { get; set; }\n}");

        var check = project.Call(null, "check", "--json");
        Assert.AreEqual((3, ""), (check.ExitCode, check.Error));
        var finding = Json(check.Output).GetProperty("diagnostics").EnumerateArray().Single();
        Assert.AreEqual(
            ("warning", "MIG1001", "Models/User.cs", 9, 20),
            (
                finding.GetProperty("severity").GetString(),
                finding.GetProperty("code").GetString(),
                finding.GetProperty("file").GetString(),
                finding.GetProperty("line").GetInt32(),
                finding.GetProperty("column").GetInt32()));
        Assert.EndsWith("/MIG1001.md", finding.GetProperty("help").GetString());

        var usage = project.Call(null, "chekc", "--json");
        Assert.AreEqual((2, ""), (usage.ExitCode, usage.Error));
        Assert.AreEqual("MIG4011", Json(usage.Output).GetProperty("diagnostics")[0].GetProperty("code").GetString());
    }

    [TestMethod]
    public void The_script_for_the_shell_asks_the_tool_for_completions()
    {
        using var folder = new TestFolder();
        const string ask = """
            dotnet() { shift; "$DOTNET" exec "$TOOL" "$@"; }
            eval "$(dotnet db completion bash)"
            COMP_LINE="dotnet db migrate --dr" COMP_POINT=22 COMP_WORDS=(dotnet db migrate --dr) COMP_CWORD=3
            _dotnet_and_db; echo "${COMPREPLY[@]}"
            COMP_LINE="dotnet-db his" COMP_POINT=13 COMP_WORDS=(dotnet-db his) COMP_CWORD=1
            _dotnet_db; echo "${COMPREPLY[@]}"
            """;

        var environment = new Dictionary<string, string?> { ["DOTNET"] = Dotnet.Path, ["TOOL"] = Db.Assembly };
        var result = CommandLine.Run(folder.Path, "bash", ["-c", ask], environment);

        Assert.AreEqual("--dry-run\nhistory\n", result.Output, result.ToString());
    }

    private static string AtTerminal(TestProject project, string? noColor, string verb)
    {
        var command = $"{Dotnet.Path} exec {Db.Assembly} {verb} --no-restore";
        var environment = new Dictionary<string, string?> { ["TERM"] = "xterm-256color", ["NO_COLOR"] = noColor };
        return CommandLine.Run(project.Folder.Path, "script", ["-qec", command, "/dev/null"], environment).Output;
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
