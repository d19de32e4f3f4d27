using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.VerbTasks;
using MigrationsBuild.Vocabulary;
using static MigrationsBuild.Tasks.Tests.ShopProject;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>The file with the whole schema, which fits the approved migrations.</summary>
[TestClass]
public sealed class SchemaFileTests : IDisposable
{
    private const string Schema = "Migrations/ShopContext.schema.sql";

    private readonly ShopProject _project = new();

    public SchemaFileTests()
    {
        _project.Harness.Metadata["DbSchemaFile"] = "true";
        Returns("CREATE TABLE a (x);\n");
    }

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void An_approval_writes_it_for_the_approved_migrations()
    {
        _project.Write(B, "CREATE TABLE b (x);\n");

        Assert.IsTrue(_project.Run(new DbApprove()));

        Assert.StartsWith("-- MigrationsBuild schema 1\n-- migrations: ", _project.Folder.Read(Schema));
        Assert.EndsWith("\n\nCREATE TABLE a (x);\n", _project.Folder.Read(Schema));
        var request = RunnerRequest.From(_project.Harness.RunnerRequests.Single()[0]);
        Assert.AreEqual(VerbTable.Schema.Name, request.Verb);
        Assert.HasCount(2, Manifest.From(_project.Harness.RunnerRequests.Single().Skip(1)).Migrations);
        Assert.IsEmpty(_project.BuildStrict());
        var text = _project.Folder.Read(Schema);
        Assert.IsTrue(_project.Run(new DbApprove()));
        Assert.AreEqual(text, _project.Folder.Read(Schema));
    }

    [TestMethod]
    public void A_file_that_doesnt_fit_is_a_warning_and_an_error_on_a_build_server()
    {
        Assert.AreEqual("ShopContext.schema.sql is missing", Finding());
        Assert.IsTrue(_project.Run(new DbApprove()));
        Assert.IsEmpty(_project.BuildStrict());
        _project.Folder.Replace(Schema, "CREATE", "CREATE ");
        Assert.AreEqual("ShopContext.schema.sql was edited", Finding());
        Assert.IsTrue(_project.Run(new DbApprove()));
        Assert.IsEmpty(_project.BuildStrict());
        var first = _project.Folder.Read(Schema);
        _project.Write(B, "CREATE TABLE b (x);\n");
        Assert.IsTrue(_project.Run(new DbApprove()));
        _project.Folder.Write(Schema, first);
        Assert.AreEqual("ShopContext.schema.sql was written for other migrations than those that are approved", Finding());
        _project.Folder.Write(Schema, "");
        Assert.AreEqual("ShopContext.schema.sql was written for other migrations than those that are approved", Finding());
        _project.Harness.Metadata["DbSchemaFile"] = "";
        Assert.IsEmpty(_project.BuildStrict());
    }

    [TestMethod]
    public void Without_it_nothing_is_approved()
    {
        _project.Write(B, "CREATE TABLE b (x);\n");
        var approvals = _project.Folder.Read(Approvals);
        _project.Harness.RunnerScript(
            "print " + new Diagnostic(DiagnosticCodes.NoScratchServer, "no server").ToMessage(RunnerMessages.Diagnostic), "exit 1");

        Assert.IsFalse(_project.Run(new DbApprove()));

        CollectionAssert.AreEqual(new[] { "MIG3036", "MIG1029" }, _project.Findings.Select(finding => finding.Code).ToArray());
        Assert.AreEqual(approvals, _project.Folder.Read(Approvals));
        Assert.IsFalse(File.Exists(_project.Folder[Schema]));
    }

    [TestMethod]
    public void It_isnt_written_from_SQL_that_was_edited_after_its_approval()
    {
        _project.Folder.Replace(Up(A), "CREATE TABLE", "CREATE  TABLE");

        Assert.IsFalse(_project.Run(new DbApprove()));

        Assert.AreEqual("MIG1029", _project.Error.Code);
        Assert.AreEqual(0, _project.Harness.RunnerStarts);
    }

    /// <summary>The finding about the file, which only a strict build turns into an error.</summary>
    private string Finding()
    {
        Assert.IsTrue(_project.Build().Single() is { Code: "MIG1029", IsError: false });
        var error = _project.BuildStrict().Single();
        Assert.AreEqual(("MIG1029", true), (error.Code, error.IsError));
        return error.Text.Split(". ")[0];
    }

    private void Returns(string sql) =>
        _project.Harness.RunnerScript("print " + new MessageLine(RunnerMessages.Schema).With("text", sql));
}
