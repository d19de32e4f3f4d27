using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>A call of a verb, on a database of its own.</summary>
/// <param name="Verb">The target.</param>
/// <param name="Property">The revision that it is called with: <c>DbTo=base</c>; empty for none.</param>
/// <param name="Context">The context.</param>
/// <param name="Start">How many migrations the database has before.</param>
/// <param name="End">How many rows the history has after.</param>
/// <param name="Database">The database's file.</param>
internal sealed record VerbOnDatabase(string Verb, string Property, string Context, int Start, int End, string Database);

/// <summary>
/// A project with two contexts of two approved migrations and a model change each, built, and a database for every state of either.
/// </summary>
internal sealed class TwoContexts : IDisposable
{
    private static readonly (string Verb, string Property, int Start, int End)[] _calls =
    [
        ("DbMigrate", "", 0, 2), ("DbMigrate", "", 1, 2), ("DbMigrate", "DbTo=+1", 0, 1),
        ("DbRollback", "DbTo=base", 2, 0), ("DbRollback", "DbTo=-1", 2, 1), ("DbRollback", "DbTo=base", 1, 0),
        ("DbStamp", "DbRev=base", 2, 0), ("DbStamp", "DbRev=head", 1, 2), ("DbCurrent", "", 1, 1), ("DbCurrent", "", 2, 2),
        ("DbRevision", "Msg=first", 2, 2), ("DbRevision", "Msg=second", 1, 1), ("DbRevision", "Msg=third", 2, 2),
    ];

    private readonly Dictionary<string, string> _states = [];
    private readonly IReadOnlyDictionary<string, string> _sources;

    public TwoContexts()
    {
        Project = TestProject.Create();
        Project.Folder.Write("AppContext.cs", "").Write("Shop.cs", Code("Shop", "Item")).Write("Log.cs", Code("Log", "Entry"));
        foreach (var context in new[] { "ShopContext", "LogContext" })
            Project.Run("DbRevision", $"Msg={context} initial", $"DbContextName={context}");
        Change("First");
        foreach (var context in new[] { "ShopContext", "LogContext" })
            Project.Run("DbRevision", $"Msg={context} more", $"DbContextName={context}");
        Project.Run("DbApprove");
        Change("Second");
        Project.Build();
        foreach (var context in new[] { "ShopContext", "LogContext" })
        {
            Keep(context, 1, "DbTo=+1");
            Keep(context, 2, "DbTo=head");
        }

        _sources = Project.Folder.Sources();
    }

    public TestProject Project { get; }

    public static string Other(string context) => context == "ShopContext" ? "LogContext" : "ShopContext";

    /// <summary>Any call.</summary>
    public VerbOnDatabase Draw(Random random, string database)
    {
        var (verb, property, start, end) = _calls[random.Next(_calls.Length)];
        return new VerbOnDatabase(verb, property, random.Next(2) == 0 ? "ShopContext" : "LogContext", start, end, Project.Folder[database]);
    }

    /// <summary>Runs calls at once, asserts that each did its own work, and puts the sources back.</summary>
    public void RunAtOnce(string name, params VerbOnDatabase[] calls)
    {
        foreach (var call in calls)
            Prepare(call);
        var results = calls.AsParallel().AsOrdered().WithDegreeOfParallelism(calls.Length).Select(Run).ToList();
        var story = $"{name}\n{string.Join("\n", calls.Zip(results))}";
        foreach (var (call, result) in calls.Zip(results))
        {
            Assert.AreEqual(0, result.ExitCode, story);
            AssertDatabase(call, story);
        }

        AssertDrafts(calls, story);
    }

    public void Dispose() => Project.Dispose();

    private CommandResult Run(VerbOnDatabase call)
    {
        string[] arguments =
            ["msbuild", "App.csproj", "-nologo", "-tl:off", $"-t:{call.Verb}", "-p:NoBuild=true", $"-p:DbContextName={call.Context}"];
        return Dotnet.Run(
            Project.Folder.Path,
            call.Property.Length > 0 ? [.. arguments, "-p:" + call.Property] : arguments,
            new Dictionary<string, string?> { ["MIGRATIONS_CONNECTION"] = $"Data Source={call.Database}" });
    }

    private void Prepare(VerbOnDatabase call)
    {
        File.Delete(call.Database);
        if (call.Start > 0)
            File.Copy(_states[$"{call.Context}{call.Start}"], call.Database);
    }

    /// <summary>The history has this context's first migrations and no others; a stamp writes nothing but that.</summary>
    private void AssertDatabase(VerbOnDatabase call, string story)
    {
        Assert.IsTrue(File.Exists(call.Database), story);
        CollectionAssert.AreEqual(
            Ids(call.Context).Take(call.End).ToArray(),
            SqliteFile.Query(call.Database, "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY 1").ToArray(), story);
        var tables = SqliteFile.Query(call.Database, "SELECT name FROM sqlite_master WHERE name IN ('Item', 'Entry')");
        var schema = call.Verb == "DbStamp" ? call.Start : call.End;
        CollectionAssert.AreEqual(schema == 0 ? [] : new[] { call.Context == "ShopContext" ? "Item" : "Entry" }, tables.ToArray(), story);
    }

    /// <summary>Each draft belongs to the context that its call named, and nothing else was written.</summary>
    private void AssertDrafts(VerbOnDatabase[] calls, string story)
    {
        var drafts = Project.Folder.Sources().Where(file => !_sources.TryGetValue(file.Key, out var text) || text != file.Value).ToList();
        var revisions = calls.Where(call => call.Verb == "DbRevision").ToList();
        Assert.HasCount(revisions.Count * 5, drafts, story + "\n" + string.Join("\n", drafts.Select(draft => draft.Key)));
        foreach (var revision in revisions)
        {
            var designer = drafts.Single(draft => draft.Key.EndsWith(".Designer.cs", StringComparison.Ordinal)
                && draft.Value.Contains($"typeof({revision.Context})", StringComparison.Ordinal));
            Assert.Contains($"_{char.ToUpperInvariant(revision.Property[4])}{revision.Property[5..]}.Designer.cs", designer.Key, story);
            var snapshots = drafts.Where(draft => draft.Key.EndsWith($"{revision.Context}ModelSnapshot.cs", StringComparison.Ordinal));
            Assert.HasCount(1, snapshots, story);
        }

        foreach (var (file, _) in drafts)
        {
            if (_sources.TryGetValue(file, out var text))
                Project.Folder.Write(file, text);
            else
                File.Delete(Project.Folder[file]);
        }
    }

    private IEnumerable<string> Ids(string context) => _sources
        .Where(file => file.Key.EndsWith(".down.sql", StringComparison.Ordinal))
        .Where(file => file.Value.Contains($"App.{context}", StringComparison.Ordinal))
        .Select(file => Path.GetFileName(file.Key).Replace(".down.sql", "", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private void Keep(string context, int count, string to)
    {
        var path = Project.Folder[$"../{context}{count}.db"];
        _states[$"{context}{count}"] = path;
        Project.RunOn($"Data Source={path}", "DbMigrate", "NoBuild=true", $"DbContextName={context}", to);
    }

    private void Change(string property) => Project.Folder
        .Replace("Shop.cs", "public int Id { get; set; }", $"public int Id {{ get; set; }} public int {property} {{ get; set; }}")
        .Replace("Log.cs", "public int Id { get; set; }", $"public int Id {{ get; set; }} public int {property} {{ get; set; }}");

    private static string Code(string name, string entity) => $$"""
        using Microsoft.EntityFrameworkCore;

        namespace App;

        public class {{entity}} { public int Id { get; set; } }

        public class {{name}}Context : DbContext
        {
            public DbSet<{{entity}}> {{entity}} => Set<{{entity}}>();

            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=app.db");
        }

        """;
}
