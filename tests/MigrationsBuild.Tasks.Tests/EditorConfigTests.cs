using Microsoft.CodeAnalysis;
using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.VerbTasks;
using Diagnostic = MigrationsBuild.Diagnostics.Diagnostic;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>Severities of <c>.editorconfig</c> files, which apply as for warnings of the compiler.</summary>
[TestClass]
public sealed class EditorConfigTests : IDisposable
{
    private const string Source = "Migrations/20260101000000_A.cs";

    private readonly TaskHarness _harness = new();

    public EditorConfigTests()
    {
        var context = _harness.Context() with { Provider = SqlDialects.NpgsqlProvider };
        _harness.Folder.Write(
            "Migrations/ShopContext.approvals",
            new ApprovalsFile(context.Name, "App", context.Provider, "__EFMigrationsHistory", []).ToText());
        var emission = new Emission(
            "ALTER TABLE t DROP COLUMN c;\n\nCREATE INDEX i ON t (d);\n\nDROP INDEX j;\n", null, "Down() throws", [], [], []);
        _harness.Answers(context with { Migrations = [context.Migrations[0] with { Emission = emission }] });
        _harness.Metadata["AnalyzerConfigs"] = $"{_harness.Folder[".editorconfig"]}\n{_harness.Folder["Migrations/.editorconfig"]}";
        Set();
    }

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    [DataRow("MIG2102", "none", "", DisplayName = "none")]
    [DataRow("MIG2102", "silent", "", DisplayName = "silent")]
    [DataRow("MIG2102", "suggestion", "message", DisplayName = "suggestion")]
    [DataRow("MIG2102", "warning", "warning", DisplayName = "warning")]
    [DataRow("MIG2102", "error", "error", DisplayName = "error")]
    [DataRow("MIG2102", "default", "warning", DisplayName = "default")]
    [DataRow("MIG1002", "none", "", DisplayName = "a code that isn't of the lint")]
    [DataRow("MIG1002", "error", "error", DisplayName = "a code that isn't of the lint, as an error")]
    public void It_sets_the_severity_of_the_next_build_which_asks_no_worker(string code, string severity, string shown)
    {
        _harness.Execute(new CheckMigrations());
        Assert.AreEqual("warning", Shown(code));

        Set($"[*.sql]\ndotnet_diagnostic.{code}.severity = {severity}");
        Assert.AreEqual(shown != "error", _harness.Execute(new CheckMigrations()));

        Assert.AreEqual(shown, Shown(code));
        Assert.AreEqual("warning", Shown("MIG2303"), "Other codes are as before.");
        Assert.AreEqual(1, _harness.Starts);
    }

    [TestMethod]
    public void The_section_of_the_CSharp_applies_to_its_SQL()
    {
        Set("[Migrations/*.cs]\ndotnet_diagnostic.MIG2102.severity = none");

        _harness.Execute(new CheckMigrations());

        Assert.AreEqual("", Shown("MIG2102"));
    }

    [TestMethod]
    public void A_finding_without_a_file_has_the_severity_of_a_global_config()
    {
        Set("is_global = true\ndotnet_diagnostic.MIG1024.severity = none");
        _harness.Answers(_harness.Context(new Diagnostic(DiagnosticCodes.Drift, "drift"), new Diagnostic(DiagnosticCodes.Drift, "x")));
        _harness.Execute(new CheckMigrations());
        Assert.AreEqual("warning", Shown("MIG1001"));

        Set("is_global = true\ndotnet_diagnostic.MIG1001.severity = suggestion");
        _harness.Execute(new CheckMigrations());

        Assert.AreEqual("message", Shown("MIG1001"));
    }

    [TestMethod]
    public void A_message_of_the_lint_can_be_raised_unless_a_comment_accepts_it()
    {
        _harness.Folder.Write(Source, "// MIG2102: nobody reads it\n");
        _harness.Execute(new CheckMigrations());
        Assert.AreEqual("message", Shown("MIG2102"));
        Assert.HasCount(1, _harness.Engine.Warnings.Where(warning => warning.Code == "MIG2303"), "A dropped index is a message.");

        Set("[*]\ndotnet_diagnostic.MIG2303.severity = warning\ndotnet_diagnostic.MIG2102.severity = error");
        for (var build = 0; build < 2; build++)
        {
            _harness.Execute(new CheckMigrations());
            Assert.AreEqual("message", Shown("MIG2102"));
            Assert.HasCount(2, _harness.Engine.Warnings.Where(warning => warning.Code == "MIG2303"));
        }
    }

    [TestMethod]
    public void NoWarn_and_DbLint_take_precedence()
    {
        Set("[*]\ndotnet_diagnostic.MIG2303.severity = error\ndotnet_diagnostic.MIG2102.severity = none");
        _harness.Metadata["NoWarn"] = "MIG2303";
        Assert.IsTrue(_harness.Execute(new CheckMigrations()), "MSBuild hides the warning.");

        _harness.Metadata["DbLint"] = "error";
        Assert.IsFalse(_harness.Execute(new CheckMigrations()));
        Assert.EndsWith("(.editorconfig has no effect on errors: set DbLint.)", _harness.Engine.Errors.Single().Message!);

        _harness.Metadata["DbLint"] = "off";
        Assert.IsTrue(_harness.Execute(new CheckMigrations()));
        Assert.AreEqual("", Shown("MIG2303"));
    }

    [TestMethod]
    public void A_strict_builds_errors_stay_errors()
    {
        (_harness.Metadata["DbStrict"], _harness.Metadata["StrictBecause"]) = ("true", "CI=true");
        Set("[*]\ndotnet_diagnostic.MIG1002.severity = none\ndotnet_diagnostic.MIG2102.severity = error");

        Assert.IsFalse(_harness.Execute(new CheckMigrations()));

        var texts = _harness.Engine.Errors.ToDictionary(error => error.Code, error => error.Message!);
        Assert.EndsWith("(Error because CI=true. .editorconfig has no effect on errors: set DbUnapproved.)", texts["MIG1002"]);
        Assert.DoesNotContain("CI=true", texts["MIG2102"], "This error is none of the strict build.");
    }

    [TestMethod]
    public void A_silent_finding_needs_no_acceptance_and_another_severity_doesnt_change_that()
    {
        _harness.Execute(new CheckMigrations());
        Set("[*]\ndotnet_diagnostic.MIG2102.severity = suggestion\ndotnet_diagnostic.MIG2303.severity = error");
        Assert.IsFalse(_harness.Execute(new DbApprove()));
        Assert.AreEqual("MIG2102", _harness.Engine.Errors.Single().Code);

        Set("[*]\ndotnet_diagnostic.MIG2102.severity = silent");
        Assert.IsTrue(_harness.Execute(new DbApprove()));

        Assert.DoesNotContain("accepts", _harness.Folder.Read("Migrations/ShopContext.approvals"));
    }

    [TestMethod]
    public void A_section_that_cant_be_evaluated_is_an_error()
    {
        Set("[[A-Z]*.sql]\ndotnet_diagnostic.MIG2102.severity = none");

        Assert.IsFalse(_harness.Execute(new CheckMigrations()));

        var error = _harness.Engine.Errors.Single();
        Assert.AreEqual(("MIG4010", ".editorconfig", 2), (error.Code, error.File, error.LineNumber));
        Assert.AreEqual(0, _harness.Starts);
    }

    /// <summary>Our reader and the compiler's agree on which files a section applies to, and on which files are global.</summary>
    [TestMethod]
    [DataRow("[*]")]
    [DataRow("[*.cs]")]
    [DataRow("[*.{cs,sql}]")]
    [DataRow("[*.{c{s,pp},sql}]  # comment")]
    [DataRow("[{*.sql}]")]
    [DataRow("[?.cs]")]
    [DataRow("[/*.cs]")]
    [DataRow("[Migrations/*.cs]")]
    [DataRow("[Migrations/**.cs]")]
    [DataRow("[Migrations/**]")]
    [DataRow("[**/Migrations/*.cs]")]
    [DataRow("[**Migrations/*.cs]")]
    [DataRow("[a/**/b.cs]")]
    [DataRow("[*/*.cs]")]
    [DataRow("[b.cs]")]
    [DataRow("[B.cs]")]
    [DataRow("[{a/b,Migrations/1}.cs]")]
    [DataRow("[*.x]\n[*.sql]")]
    [DataRow("  [ *.cs ]")]
    [DataRow("root = true\n[*.cs]")]
    [DataRow("Is_Global : TRUE")]
    [DataRow("is_global = true\nglobal_level = 5")]
    [DataRow("is_global = true\n[/repo/b.cs]")]
    public void Sections_mean_the_same_as_for_the_compiler(string section)
    {
        string[] files = ["b.cs", "a/b.cs", "a/x/b.cs", "a/x/y/b.cs", "Migrations/1.cs", "Migrations/1.sql", "a/Migrations/1.cs", "é.sql"];
        const string other = "\n[*.sql]\ndotnet_diagnostic.MIG2303.severity = error\n";
        section = section.Replace("/repo", _harness.Folder.Path, StringComparison.Ordinal);
        var text = section + "\ndotnet_diagnostic.MIG2303.severity = none\n";
        var paths = new[] { "a/.editorconfig", ".editorconfig" };
        _harness.Folder.Write(paths[0], text).Write(paths[1], other);
        foreach (var first in paths)
        {
            _harness.Folder.Write(first, text).Write(paths.Single(path => path != first), other);
            var set = AnalyzerConfigSet.Create(
                paths.Select(path => AnalyzerConfig.Parse(_harness.Folder.Read(path), _harness.Folder[path])).ToList());
            var ours = new ConfiguredSeverities(paths.Select(path => _harness.Folder[path]));
            foreach (var file in files.Select(file => _harness.Folder[file]))
            {
                ReportDiagnostic? theirs = set.GetOptionsForSourcePath(file).TreeOptions.TryGetValue("MIG2303", out var found)
                    || set.GlobalConfigOptions.TreeOptions.TryGetValue("MIG2303", out found) ? found : null;
                var expected = theirs switch { null => (Severity?)null, ReportDiagnostic.Error => Severity.Error, _ => Severity.Off };
                Assert.AreEqual(expected, ours.Of("MIG2303", [file]), $"{file}, in {first}");
            }
        }
    }

    private void Set(string text = "") => _harness.Folder.Write(".editorconfig", text + "\n");

    private string Shown(string code) =>
        _harness.Engine.Errors.Exists(error => error.Code == code) ? "error"
        : _harness.Engine.Warnings.Exists(warning => warning.Code == code) ? "warning"
        : _harness.Engine.Messages.Exists(message => message.Message!.StartsWith(code, StringComparison.Ordinal)) ? "message" : "";
}
