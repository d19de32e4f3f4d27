using MigrationsBuild.Contexts;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.Drafting;
using MigrationsBuild.Tasks.Projects;
using MigrationsBuild.Tasks.VerbTasks;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>Two calls on one project at the same time: each worker and runner gets its own request, however late it reads it.</summary>
[TestClass]
public sealed class ConcurrentCallTests : IDisposable
{
    private readonly TaskHarness _harness = new();

    [TestInitialize]
    public void SetConnection() => _harness.HasConnection = true;

    public void Dispose() => _harness.Dispose();

    [TestMethod]
    public void Each_runner_runs_its_own_verb()
    {
        var log = _harness.Context() with { Name = "App.LogContext", Folder = _harness.Folder["Log"] };
        _harness.Answers(_harness.Context(), log).Execute(new CheckMigrations());
        _harness.Execute(new DbApprove());
        _harness.RunnerScript().ForgetStarts();

        _harness.AtOnce(
            "runner",
            (new DbMigrate(), [("DbContextName", "ShopContext")]),
            (new DbRollback(), [("DbContextName", "LogContext"), ("DbTo", "base")]));

        CollectionAssert.AreEquivalent(
            new[] { "migrate  App.ShopContext", "rollback base App.LogContext" }, _harness.RunnerRequests.Select(Describe).ToArray());
    }

    [TestMethod]
    public void Each_worker_is_asked_for_its_own_context()
    {
        _harness.Answers(_harness.Context());

        _harness.AtOnce(
            "worker",
            (new DbRevision(), [("DbContextName", "ShopContext"), ("Msg", "one")]),
            (new DbRevision(), [("DbContextName", "LogContext"), ("Msg", "two")]));

        CollectionAssert.AreEquivalent(
            new[] { "ShopContext One", "LogContext Two" },
            _harness.WorkerRequests.Select(WorkerRequest.From)
                .Select(request => $"{request.ContextName} {request.RevisionName}")
                .ToArray());
    }

    [TestMethod]
    public void A_draft_of_one_context_leaves_the_other_ones_backup()
    {
        var description = new ProjectDescription(_harness.Item, []);
        foreach (var context in new[] { "App.ShopContext", "App.LogContext" })
        {
            _harness.Folder.Write($"{context}Snapshot.cs", $"{context} before");
            var change = new SourceChange(_harness.Folder[$"{context}Snapshot.cs"], $"{context} after");
            var written = new SnapshotBackups(description);
            written.Write(context, written.Of(new DraftKey(context, "20260101000000_A"), change, replaces: null));
            _harness.Folder.Write($"{context}Snapshot.cs", change.Text!);
        }

        var backups = new SnapshotBackups(description).Read();

        CollectionAssert.AreEquivalent(
            new[] { "App.ShopContext before", "App.LogContext before" },
            backups.Select(backup => backup.Restore().Text == $"{backup.Draft.Context} before" ? backup.Before : "mixed").ToArray());
        _harness.Folder.Write("App.LogContextSnapshot.cs", "an unrelated file");
        Assert.AreEqual("App.ShopContext", new SnapshotBackups(description).Read().Single().Draft.Context);
    }

    [TestMethod]
    public void A_publish_copies_the_files_that_it_has_generated()
    {
        _harness.Answers(_harness.Context()).Execute(new CheckMigrations());
        _harness.Execute(new DbApprove());
        var (first, second) = (new PublishMigrations(), new PublishMigrations());

        _harness.Metadata["DbRole"] = "one";
        Assert.IsTrue(_harness.Execute(first));
        var build = _harness.Engine;
        _harness.Metadata["DbRole"] = "two";
        Assert.IsTrue(_harness.Execute(second));

        Assert.AreEqual("one", Manifest.Read(ManifestOf(first)).Settings.Role);
        Assert.AreEqual("two", Manifest.Read(ManifestOf(second)).Settings.Role);
        build.End();
        Assert.IsFalse(File.Exists(ManifestOf(first)), "The build has ended.");
        Assert.IsTrue(File.Exists(ManifestOf(second)));
    }

    [TestMethod]
    public void A_publish_names_contexts_of_one_name_in_full()
    {
        ContextReport[] contexts =
        [
            _harness.Context() with { Name = "App.Sales.ShopContext" },
            _harness.Context() with { Name = "App.Stock+ShopContext", Folder = _harness.Folder["Stock"] },
        ];
        _harness.Answers(contexts).Execute(new CheckMigrations());
        foreach (var context in contexts)
            Assert.IsTrue(_harness.Execute(new DbApprove(), ("DbContextName", context.Name)));
        var publish = new PublishMigrations();

        Assert.IsTrue(_harness.Execute(publish));

        CollectionAssert.AreEquivalent(
            new[] { "App.Sales.ShopContext.manifest", "App.Stock.ShopContext.manifest" },
            publish.Files.Select(file => Path.GetFileName(file.ItemSpec))
                .Where(name => name.EndsWith(Manifest.Extension, StringComparison.Ordinal)).ToArray());
    }

    [TestMethod]
    public void A_call_leaves_no_request_in_a_file()
    {
        _harness.Answers(_harness.Context()).Execute(new CheckMigrations());
        _harness.Execute(new DbApprove());
        Assert.IsTrue(_harness.RunnerScript().Execute(new DbMigrate()));

        string[] fakes = ["runner-script", "worker-script", "start-", "received-"];
        var left = Directory.GetFiles(_harness.Folder["obj"]).Select(path => Path.GetFileName(path).Split('.')[0])
            .Where(name => !Array.Exists(fakes, fake => name.StartsWith(fake, StringComparison.Ordinal)));
        CollectionAssert.AreEqual(new[] { "answer", "early-start", "findings", "worker" }, left.Order(StringComparer.Ordinal).ToArray());
    }

    private static string Describe(IReadOnlyList<MessageLine> received)
    {
        var (request, manifest) = (RunnerRequest.From(received[0]), Manifest.From(received.Skip(1)));
        return $"{request.Verb} {request.To} {manifest.Context}";
    }

    private static string ManifestOf(PublishMigrations publish) =>
        publish.Files.Single(file => file.ItemSpec.EndsWith(Manifest.Extension, StringComparison.Ordinal)).ItemSpec;
}
