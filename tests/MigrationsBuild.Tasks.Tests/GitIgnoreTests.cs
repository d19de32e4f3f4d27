using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tasks.Git;
using MigrationsBuild.Tasks.Reports;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Tasks.Tests;

[TestClass]
public sealed class GitIgnoreTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_migration_that_a_pattern_excludes_is_reported_with_the_pattern()
    {
        CommandLine.Run(_folder.Path, "git", ["init", "-q"]);
        _folder.Write(".gitignore", "bin/\n[Ll]og/\n").Write("Migrations/1_A.cs", "").Write("Migrations/Log/2_B.cs", "");

        Assert.IsNull(Find("Migrations/1_A.cs"));
        var warning = Find("Migrations/1_A.cs", "Migrations/Log/2_B.cs");

        Assert.AreEqual(DiagnosticCodes.IgnoredByGit, warning?.Code);
        Assert.StartsWith("2_B.cs is ignored by git because of .gitignore:2:[Ll]og/, so a clone doesn't have it", warning!.Message);
    }

    [TestMethod]
    public void Without_a_repository_or_git_nothing_is_reported()
    {
        _folder.Write(".gitignore", "*\n").Write("1_A.cs", "");

        Assert.IsNull(Find("1_A.cs"));
        Assert.IsNull(new GitIgnore(new GitRepository(_folder.Path, default, "no-such-git")).Find([_folder["1_A.cs"]]));
    }

    private Diagnostic? Find(params string[] paths) =>
        new GitIgnore(new GitRepository(_folder.Path, default)).Find(paths.Select(path => _folder[path]));
}
