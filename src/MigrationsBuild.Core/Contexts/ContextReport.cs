using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Review;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Contexts;

/// <summary>The worker's report on one DbContext.</summary>
/// <param name="Name">The full name of its type, with type arguments: <c>Shop.TenantContext`1[Shop.Order]</c>.</param>
/// <param name="Provider">The name of its EF Core provider.</param>
/// <param name="MigrationsAssembly">The name of the assembly that contains its migrations.</param>
/// <param name="EfVersion">The version of EF Core, as the history records it.</param>
/// <param name="Generator">The generator of its SQL: EF Core and its provider, with their versions.</param>
/// <param name="Folder">The folder of its migrations, or of the first migration if there is none yet.</param>
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

    /// <summary>Its entities with their tables, as text for people, if the request asked for them.</summary>
    public IReadOnlyList<string> Entities { get; init; } = [];

    /// <summary>The SQL that would create the model in an empty database, if the request asked for it; otherwise empty.</summary>
    public string ModelScript { get; init; } = "";

    /// <summary>
    /// The full names of the classes of migrations whose models are needed and not compiled. Until they are, no SQL is generated.
    /// </summary>
    public IReadOnlyList<string> MissingModels { get; init; } = [];

    /// <summary>Ids of the migrations in the same assembly that belong to other contexts.</summary>
    public IReadOnlyList<string> OtherMigrations { get; init; } = [];

    /// <summary>The type's name without namespace and type arguments.</summary>
    public string ShortName => ShortNameOf(Name);

    /// <summary>A type's name without namespace, declaring type and type arguments.</summary>
    /// <param name="name">Its full name.</param>
    public static string ShortNameOf(string name)
    {
        var definition = name.Split('[')[0];
        return definition.Substring(definition.LastIndexOfAny(['.', '+']) + 1).Split('`')[0];
    }

    /// <summary>The dialect of its SQL.</summary>
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
    /// <param name="messages">The messages; other messages are skipped.</param>
    public static IReadOnlyList<ContextReport> ReadAll(IEnumerable<MessageLine> messages)
    {
        var all = messages.ToList();
        var starts = Enumerable.Range(0, all.Count).Where(i => all[i].Name == "context").ToList();
        var ends = starts.Skip(1).Append(all.Count);
        return [.. starts.Zip(ends, (start, end) => Read(all.GetRange(start, end - start)))];
    }

    private static ContextReport Read(List<MessageLine> messages) => messages[0].ReadRecord<ContextReport>() with
    {
        Migrations = [.. messages.Where(message => message.Name == "migration").Select(message => message.ReadRecord<MigrationReport>())],
        Drift = [.. messages.Where(message => message.Name == "drift").Select(message => message.ToDiagnostic())],
    };
}
