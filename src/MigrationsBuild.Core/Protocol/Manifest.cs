using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Settings;

namespace MigrationsBuild.Protocol;

/// <summary>A migration in a manifest.</summary>
/// <param name="Id">The id.</param>
/// <param name="State">The verdict.</param>
/// <param name="UpPath">The path of the up file, absolute or relative to the manifest; <see langword="null"/> if there is none.</param>
/// <param name="UpHash">The hash of the up file's body.</param>
/// <param name="DownPath">The path of the down file; <see langword="null"/> if the migration is irreversible.</param>
/// <param name="DownHash">The hash of the down file's body.</param>
/// <param name="Reason">The reason why the migration is irreversible, or has no SQL.</param>
public sealed record ManifestMigration(
    string Id,
    MigrationState State,
    string? UpPath,
    string UpHash,
    string? DownPath,
    string DownHash,
    string? Reason)
{
    /// <summary>The SQL that records it, if the application has a custom history repository.</summary>
    public HistoryScripts? Recording { get; init; }

    /// <summary>Who has written it, for the verbose history; <see langword="null"/> if that is unknown.</summary>
    public string? Author { get; init; }

    /// <summary>Who has approved it, for the verbose history; <see langword="null"/> if that is unknown.</summary>
    public string? Approver { get; init; }

    /// <summary>The codes of the lint's findings that were accepted when it was approved.</summary>
    public IReadOnlyList<string> Accepted { get; init; } = [];
}

/// <summary>A context's migrations with their SQL files, hashes and verdicts, as the runner gets them. It contains no secrets.</summary>
/// <param name="Context">The full name of the DbContext.</param>
/// <param name="Provider">The name of its EF Core provider.</param>
/// <param name="EfVersion">The version of EF Core, for the history.</param>
/// <param name="History">Its history table.</param>
/// <param name="Migrations">Its migrations, oldest first.</param>
/// <param name="OtherMigrations">Ids of the migrations of the project's other contexts, which may share the history table.</param>
public sealed record Manifest(
    string Context,
    string Provider,
    string EfVersion,
    HistoryTable History,
    IReadOnlyList<ManifestMigration> Migrations,
    IReadOnlyList<string> OtherMigrations)
{
    private const int Format = 1;

    /// <summary>The extension of a deployed manifest, whose file name is the name of the context.</summary>
    public const string Extension = ".manifest";

    /// <summary>The extension of the file with the expected objects, whose name is otherwise that of the manifest.</summary>
    public const string SchemaExtension = ".schema";

    /// <summary>The context's name without namespace.</summary>
    public string ShortName => ContextReport.ShortNameOf(Context);

    /// <summary>The environment variable that holds the connection string: see <see cref="ConnectionVariables"/>.</summary>
    public string ConnectionVariable { get; init; } = ConnectionVariables.Default;

    /// <summary>Former full names of the context: see <see cref="ApprovalsFile.Formerly"/>.</summary>
    public IReadOnlyList<string> FormerContexts { get; init; } = [];

    /// <summary>The migrations that replace older ones: see <see cref="ApprovalsFile.Squashes"/>.</summary>
    public IReadOnlyList<Squash> Squashes { get; init; } = [];

    /// <summary>The SQL that would create the model in an empty database; empty if a verb doesn't need it.</summary>
    public string ModelScript { get; init; } = "";

    /// <summary>How the database is created if it is missing.</summary>
    public DatabaseCreation Creation { get; init; } = new();

    /// <summary>How the migrations are applied, unless the call has other settings.</summary>
    public RunSettings Settings { get; init; } = new();

    /// <summary>The manifest for a folder that contains copies of the SQL files.</summary>
    /// <param name="folder">The folder, relative to the manifest's.</param>
    public Manifest Deployed(string folder)
    {
        string? In(string? path) => path is null ? null : folder + "/" + Path.GetFileName(path);
        ManifestMigration Deploy(ManifestMigration migration) =>
            migration with { UpPath = In(migration.UpPath), DownPath = In(migration.DownPath) };
        return this with { Migrations = [.. Migrations.Select(Deploy)] };
    }

    /// <summary>A migration of it.</summary>
    /// <param name="id">Its whole id.</param>
    public ManifestMigration Find(string id) => Migrations.First(migration => MigrationId.Equality.Equals(migration.Id, id));

    /// <summary>The manifest of a reviewed context.</summary>
    /// <param name="review">The context.</param>
    /// <param name="otherMigrations">Ids of the migrations of the project's other contexts.</param>
    public static Manifest Of(ContextReview review, IEnumerable<string> otherMigrations) => new(
        review.Report.Name,
        review.Report.Provider,
        review.Report.EfVersion,
        review.Report.History,
        [.. review.Migrations.Select(migration => Of(migration) with { Recording = migration.Report.Recording })],
        [.. otherMigrations])
    {
        Creation = review.Report.Creation,
        ModelScript = review.Report.ModelScript,
        FormerContexts = review.Approvals?.Formerly ?? [],
        Squashes = review.Approvals?.Squashes ?? [],
    };

    /// <summary>The manifest as messages.</summary>
    public IEnumerable<MessageLine> ToMessages()
    {
        yield return new MessageLine("manifest").With("format", Format).With("count", Migrations.Count).WithRecord(this);
        // Before the migrations, whose number shows whether the manifest is complete.
        foreach (var squash in Squashes)
            yield return new MessageLine("squash").WithRecord(squash);
        foreach (var migration in Migrations)
            yield return new MessageLine("migration").WithRecord(migration);
    }

    /// <summary>Reads the manifest of a deployment. Its migrations were approved, so each must have an id that can be approved.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MigrationsException">It can't be read, or isn't a manifest of approved migrations.</exception>
    public static Manifest Read(string path)
    {
        try
        {
            return From(MessageFile.Read(path)).Checked();
        }
        catch (Exception failure) when (failure
            is IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException or MigrationsException)
        {
            throw new MigrationsException(
                DiagnosticCodes.Tampered,
                $"The manifest can't be read, so nothing is applied: {failure.Message} Build again, or publish again.",
                new Location(Path.GetFullPath(path), 1, 1),
                failure);
        }
    }

    /// <exception cref="InvalidOperationException">The context is missing, or an id is invalid or a duplicate.</exception>
    private Manifest Checked()
    {
        if (Context.Length == 0)
            throw new InvalidOperationException("It names no context.");
        var ids = Migrations.Select(migration => migration.Id).Concat(Squashes.SelectMany(squash => squash.Replaced.Prepend(squash.Id)));
        if (ids.FirstOrDefault(id => !MigrationId.IsUsable(id)) is { } invalid)
            throw new InvalidOperationException($"'{invalid}' isn't the id of a migration.");
        if (Migrations.GroupBy(migration => migration.Id, MigrationId.Equality).FirstOrDefault(group => group.Count() > 1) is { } duplicate)
            throw new InvalidOperationException($"It contains {duplicate.Key} twice.");
        if (Squashes.FirstOrDefault(squash => squash.Replaced.Count == 0) is { } empty)
            throw new InvalidOperationException($"{empty.Id} replaces no migration.");
        return this;
    }

    /// <summary>Reads a manifest.</summary>
    /// <param name="messages">The result of <see cref="ToMessages"/>.</param>
    /// <exception cref="InvalidOperationException">It has no header, is incomplete, or was written by a later version.</exception>
    public static Manifest From(IEnumerable<MessageLine> messages)
    {
        var all = messages.ToList();
        var header = all.FirstOrDefault(message => message.Name == "manifest") ?? throw new InvalidOperationException("It has no header.");
        if (header.Number("format") > Format)
            throw new InvalidOperationException("It was written by a later version.");
        if (header.Number("count") != all.Count(message => message.Name == "migration"))
            throw new InvalidOperationException("It is incomplete.");
        return header.ReadRecord<Manifest>() with
        {
            Migrations = [.. all.Where(message => message.Name == "migration").Select(message => message.ReadRecord<ManifestMigration>())],
            Squashes = [.. all.Where(message => message.Name == "squash").Select(message => message.ReadRecord<Squash>())],
        };
    }

    /// <summary>An approved migration gets the hashes of the approvals file, not those of the files in the folder.</summary>
    private static ManifestMigration Of(ReviewedMigration migration) => migration switch
    {
        { State: MigrationState.Approved or MigrationState.Reordered, Approval: { } approval } => new(
            migration.Id,
            migration.State,
            approval.HasSql ? migration.Report.Up : null,
            approval.HasSql ? approval.UpHash : "",
            approval.IsReversible ? migration.Report.Down : null,
            approval.IsReversible ? approval.DownHash : "",
            ReasonOf(migration))
        {
            Accepted = [.. approval.Accepted.Select(acceptance => acceptance.Code)],
        },
        _ => new(
            migration.Id,
            migration.State,
            migration.Up is null ? null : migration.Report.Up,
            migration.Up?.BodyHash ?? "",
            migration.Down is null ? null : migration.Report.Down,
            migration.Down?.BodyHash ?? "",
            ReasonOf(migration)),
    };

    private static string? ReasonOf(ReviewedMigration migration) => migration.Up?.Irreversible ?? migration.Report.Emission?.Reason;
}
