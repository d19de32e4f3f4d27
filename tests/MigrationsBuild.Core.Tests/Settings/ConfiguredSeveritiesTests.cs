using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Settings;

/// <summary>The severities of <c>.editorconfig</c> files. A test of the tasks compares them with the C# compiler's.</summary>
[TestClass]
public sealed class ConfiguredSeveritiesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("none", Severity.Off)]
    [DataRow("Silent", Severity.Off)]
    [DataRow("suggestion", Severity.Message)]
    [DataRow("warning # a comment", Severity.Warning)]
    [DataRow("error", Severity.Error)]
    [DataRow("default", null)]
    public void A_section_sets_the_severity(string value, Severity? severity)
    {
        _folder.Write(".editorconfig", $"[*.sql]\nDotnet_Diagnostic.mig2303.severity = {value}\n");

        Assert.AreEqual(severity, Of("MIG2303", "Migrations/1_A.sql"));
        Assert.IsNull(Of("MIG2303", "Migrations/1_A.cs"));
        Assert.IsNull(Of("MIG2304", "Migrations/1_A.sql"));
    }

    [TestMethod]
    public void The_nearest_file_takes_precedence_and_default_ends_the_search()
    {
        _folder.Write(".editorconfig", "[*]\ndotnet_diagnostic.MIG2303.severity = none\n");
        _folder.Write("a/.editorconfig", "[*]\ndotnet_diagnostic.MIG2303.severity = error\n");
        _folder.Write("a/b/.editorconfig", "[*]\ndotnet_diagnostic.MIG2303.severity = default\n");

        Assert.AreEqual(Severity.Off, Of("MIG2303", "1.sql"));
        Assert.AreEqual(Severity.Error, Of("MIG2303", "a/1.sql"));
        Assert.IsNull(Of("MIG2303", "a/b/1.sql"));
    }

    [TestMethod]
    public void A_root_hides_the_files_above_and_not_the_global_ones()
    {
        _folder.Write(".editorconfig", "[*]\ndotnet_diagnostic.MIG2303.severity = none\n");
        _folder.Write("any", "is_global = true\ndotnet_diagnostic.MIG2304.severity = error\n");
        _folder.Write("a/.editorconfig", "root = true\n");

        Assert.IsNull(Of("MIG2303", "a/1.sql"));
        Assert.AreEqual(Severity.Error, Of("MIG2304", "a/1.sql"));
    }

    [TestMethod]
    public void The_CSharp_of_a_migration_counts_for_its_SQL()
    {
        _folder.Write(".editorconfig", "[*.cs]\ndotnet_diagnostic.MIG2303.severity = none\n");

        Assert.AreEqual(Severity.Off, Of("MIG2303", "1.sql", "1.cs"));
    }

    [TestMethod]
    [DataRow("[[ab].sql]", "The section [[ab].sql] sets the severity of MIG2303, and MigrationsBuild can't evaluate the section.")]
    [DataRow("[{1..3}.sql]", "The section [{1..3}.sql] sets the severity of MIG2303, and MigrationsBuild can't evaluate the section.")]
    [DataRow("[*.{cs,sql]", "The section [*.{cs,sql] sets the severity of MIG2303, and MigrationsBuild can't evaluate the section.")]
    [DataRow("", "The severity of MIG2303 has no effect before the first section.")]
    [DataRow("is_global = true\n[/a/*.sql]", "The section [/a/*.sql] has no effect on MIG2303,")]
    [DataRow("is_global = true\n[*.sql]", "The section [*.sql] has no effect on MIG2303,")]
    public void An_entry_of_unknown_effect_is_reported(string before, string problem)
    {
        _folder.Write(".editorconfig", $"{before}\ndotnet_diagnostic.MIG2303.severity = error\n");

        var found = Read().Problems.Single();

        Assert.StartsWith(problem, found.Message);
        Assert.AreEqual(
            (DiagnosticCodes.InvalidSetting, new Location(_folder[".editorconfig"], before.Split('\n').Length + 1, 1)),
            (found.Code, found.Location));
    }

    [TestMethod]
    public void An_unknown_severity_is_reported()
    {
        _folder.Write(".editorconfig", "[*]\ndotnet_diagnostic.MIG2303.severity = warn\n");

        Assert.AreEqual(
            "The severity of MIG2303 is warn. It must be none, silent, suggestion, warning, error or default.",
            Read().Problems.Single().Message);
        Assert.IsNull(Of("MIG2303", "1.sql"));
    }

    [TestMethod]
    public void Sections_about_other_codes_may_have_any_form()
    {
        _folder.Write(".editorconfig", "dotnet_diagnostic.CS0168.severity = x\n[[a].cs]\ndotnet_diagnostic.CA1000.severity = x\n[\n= :\n");

        Assert.IsEmpty(Read().Problems);
    }

    private ConfiguredSeverities Read() => new(
        Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Append(_folder["missing/.editorconfig"]));

    private Severity? Of(string code, params string[] files) => Read().Of(code, [.. files.Select(file => _folder[file])]);
}
