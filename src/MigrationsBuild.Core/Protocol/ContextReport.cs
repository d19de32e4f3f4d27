using MigrationsBuild.Diagnostics;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Protocol;

/// <summary>What the worker found out about one DbContext.</summary>
/// <param name="Name">Full name of its type.</param>
/// <param name="Provider">Name of its EF Core provider.</param>
/// <param name="MigrationsAssembly">Name of the assembly that holds its migrations.</param>
/// <param name="EfVersion">EF Core's version, as its history has it.</param>
/// <param name="Generator">What writes SQL for it: EF Core and its provider, with their versions.</param>
/// <param name="Folder">The folder of its migrations; where the first one would go if there is none.</param>
/// <param name="History">Its history table.</param>
/// <param name="Migrations">Its migrations, oldest first.</param>
/// <param name="Drift">Each difference between its model and its migrations.</param>
/// <param name="DraftName">The name of a migration that would cover the drift; empty without drift.</param>
public sealed record ContextReport(
    string Name,
    string Provider,
    string MigrationsAssembly,
    string EfVersion,
    string Generator,
    string Folder,
    HistoryTable History,
    IReadOnlyList<MigrationReport> Migrations,
    IReadOnlyList<Diagnostic> Drift,
    string DraftName)
{
    /// <summary>How its database is created if it is missing.</summary>
    public DatabaseCreation Creation { get; init; } = new();

    /// <summary>Its entities with their tables, as people read them, if they were asked for.</summary>
    public IReadOnlyList<string> Entities { get; init; } = [];

    /// <summary>Ids of the migrations that the assembly holds for other contexts.</summary>
    public IReadOnlyList<string> OtherMigrations { get; init; } = [];

    /// <summary>The type's name without namespace.</summary>
    public string ShortName => ShortNameOf(Name);

    /// <summary>A type's name without namespace and declaring type.</summary>
    /// <param name="name">Its full name.</param>
    public static string ShortNameOf(string name) => name.Substring(name.LastIndexOfAny(['.', '+']) + 1);

    /// <summary>Who reads its SQL.</summary>
    public SqlDialect Dialect => SqlDialects.OfProvider(Provider);

    /// <summary>Path of its approvals file, which may not exist.</summary>
    public string ApprovalsPath => Path.Combine(Folder, ShortName + ApprovalsFile.Extension);

    /// <summary>The report as messages.</summary>
    public IEnumerable<MessageLine> ToMessages()
    {
        yield return new MessageLine("context").WithRecord(this);
        foreach (var migration in Migrations)
            yield return new MessageLine("migration").WithRecord(migration);
        foreach (var drift in Drift)
            yield return drift.ToMessage("drift");
    }

    /// <summary>Reads the reports of all contexts.</summary>
    /// <param name="messages">The messages; others among them are skipped.</param>
    public static IReadOnlyList<ContextReport> ReadAll(IEnumerable<MessageLine> messages)
    {
        var all = messages.ToList();
        var starts = Enumerable.Range(0, all.Count).Where(i => all[i].Name == "context").ToList();
        return [.. starts.Select((start, i) => Read(all.GetRange(start, (i + 1 < starts.Count ? starts[i + 1] : all.Count) - start)))];
    }

    private static ContextReport Read(List<MessageLine> messages) => messages[0].ReadRecord<ContextReport>() with
    {
        Migrations = [.. messages.Where(message => message.Name == "migration").Select(message => message.ReadRecord<MigrationReport>())],
        Drift = [.. messages.Where(message => message.Name == "drift").Select(message => message.ToDiagnostic())],
    };
}
