using MigrationsBuild.Contexts;
using MigrationsBuild.Messages;

namespace MigrationsBuild.Protocol;

/// <summary>The migrations whose SQL the worker is to generate.</summary>
public enum EmissionScope
{
    /// <summary>Those that a verdict needs: see <see cref="Review.ContextReview.NeedEmission"/>.</summary>
    Needed,

    /// <summary>Those, and all drafts.</summary>
    Drafts,

    /// <summary>All.</summary>
    All,
}

/// <summary>
/// The request of a build to the worker. It is sent over standard input after <see cref="WorkerStart"/>, so that concurrent calls can't get
/// each other's requests.
/// </summary>
/// <param name="AssemblyPath">
/// The assembly that creates the contexts, in its output folder: that of the project, or that of its start-up project.
/// </param>
/// <param name="Projects">
/// The projects that may contain contexts: the project that is built, then the projects that it or its start-up project references.
/// </param>
public sealed record WorkerRequest(string AssemblyPath, IReadOnlyList<MigrationsProject> Projects)
{
    /// <summary>The project that is built.</summary>
    public MigrationsProject Project => Projects[0];

    /// <summary>The path of the cache of source hashes.</summary>
    public string HashCachePath { get; init; } = "";

    /// <summary>The path of the cache of history tables.</summary>
    public string HistoryCachePath { get; init; } = "";

    /// <summary>The path of Microsoft.EntityFrameworkCore.Design, if the project references it.</summary>
    public string DesignAssemblyPath { get; init; } = "";

    /// <summary>The name of the only context to report on; empty for all.</summary>
    public string ContextName { get; init; } = "";

    /// <summary>How long the start-up code may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long any other step may take, such as the model of a context or the SQL of a migration.</summary>
    public TimeSpan StepTimeout => StepLimit ?? TimeSpan.FromSeconds(10 * Timeout.TotalSeconds);

    /// <summary>A separate limit for such a step; <see langword="null"/> for ten times <see cref="Timeout"/>.</summary>
    public TimeSpan? StepLimit { get; init; }

    /// <summary>The arguments that design-time factories and the entry point get.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The source roots of a deterministic build: see <see cref="SourceRoot"/>.</summary>
    public IReadOnlyList<SourceRoot> SourceRoots { get; init; } = [];

    /// <summary>The migrations whose SQL is needed.</summary>
    public EmissionScope Emission { get; init; }

    /// <summary>Whether the answer is to contain what the lint needs to know about drafts.</summary>
    public bool Lints { get; init; } = true;

    /// <summary>Revision expressions of further migrations whose SQL is needed; empty for none.</summary>
    public string EmitRevisions { get; init; } = "";

    /// <summary>Whether to draft a migration.</summary>
    public bool Revision { get; init; }

    /// <summary>The class name of the draft; empty to derive it from the operations.</summary>
    public string RevisionName { get; init; } = "";

    /// <summary>The columns and tables that were renamed, or that were not: see <c>DbRename</c>.</summary>
    public string RevisionRenames { get; init; } = "";

    /// <summary>Whether the migration blocks the application as little as possible: see <c>DbOnline</c>.</summary>
    public bool RevisionOnline { get; init; }

    /// <summary>Whether the draft is to be empty.</summary>
    public bool RevisionEmpty { get; init; }

    /// <summary>The statements of an otherwise empty draft's Up, each with its semicolon.</summary>
    public IReadOnlyList<string> RevisionUp { get; init; } = [];

    /// <summary>The statements of its Down.</summary>
    public IReadOnlyList<string> RevisionDown { get; init; } = [];

    /// <summary>The lines of a comment above these statements.</summary>
    public IReadOnlyList<string> RevisionRemarks { get; init; } = [];

    /// <summary>
    /// The absolute path of an SQL file whose statements are those of an otherwise empty draft; empty for none. A file with the extension
    /// <c>.down.sql</c> beside it has the statements of Down.
    /// </summary>
    public string RevisionSqlPath { get; init; } = "";

    /// <summary>Whether to draft the newest migration again, instead of a further one.</summary>
    public bool RevisionAmend { get; init; }

    /// <summary>A revision expression: the last of the migrations that a draft is to replace; empty to draft no such migration.</summary>
    public string SquashTo { get; init; } = "";

    /// <summary>The statements that this draft carries over from the replaced migrations, in their order.</summary>
    public IReadOnlyList<string> CarriedUp { get; init; } = [];

    /// <summary>The statements that revert them, in the order in which they run.</summary>
    public IReadOnlyList<string> CarriedDown { get; init; } = [];

    /// <summary>Whether the answer is to list the entities.</summary>
    public bool ListEntities { get; init; }

    /// <summary>Whether to draft model drift automatically: as a further migration, or by drafting the newest draft again.</summary>
    public bool AutoDraft { get; init; }

    /// <summary>Whether the answer is to contain the changes that remove the newest migration.</summary>
    public bool Discard { get; init; }

    /// <summary>The drafts for which the caller has the previous snapshot, so that a discard needn't compute it.</summary>
    public IReadOnlyList<DraftKey> KnownSnapshots { get; init; } = [];

    /// <summary>Whether the answer is to contain the SQL that would create the model.</summary>
    public bool WantsModelScript { get; init; }

    /// <summary>Whether the answer is to contain the connections of the contexts.</summary>
    public bool WantsConnections { get; init; }

    /// <summary>Whether the answer is to contain C#. An automatic draft is written only if there is drift, so it doesn't count.</summary>
    public bool WritesCode => Revision || Discard || SquashTo.Length > 0;

    /// <summary>The project that builds an assembly; <see langword="null"/> if it is none of these projects.</summary>
    /// <param name="assembly">The assembly's name.</param>
    public MigrationsProject? Find(string assembly) =>
        Projects.FirstOrDefault(project => string.Equals(project.AssemblyName, assembly, StringComparison.OrdinalIgnoreCase));

    /// <summary>The request as messages.</summary>
    public IEnumerable<MessageLine> ToMessages()
    {
        yield return new MessageLine("request").WithRecord(this);
        foreach (var project in Projects)
            yield return new MessageLine("project").WithRecord(project);
        foreach (var root in SourceRoots)
            yield return new MessageLine("source-root").WithRecord(root);
        foreach (var draft in KnownSnapshots)
            yield return new MessageLine("known-snapshot").WithRecord(draft);
    }

    /// <summary>Reads a request.</summary>
    /// <param name="messages">The result of <see cref="ToMessages"/>.</param>
    public static WorkerRequest From(IEnumerable<MessageLine> messages)
    {
        var all = messages.ToList();
        IReadOnlyList<T> Of<T>(string name, Func<MessageLine, T> read) => [.. all.Where(message => message.Name == name).Select(read)];
        return all.First(message => message.Name == "request").ReadRecord<WorkerRequest>() with
        {
            Projects = Of("project", message => message.ReadRecord<MigrationsProject>()),
            SourceRoots = Of("source-root", message => message.ReadRecord<SourceRoot>()),
            KnownSnapshots = Of("known-snapshot", message => message.ReadRecord<DraftKey>()),
        };
    }
}

/// <summary>A draft of a context.</summary>
/// <param name="Context">The full name of the DbContext.</param>
/// <param name="Migration">The draft's id.</param>
public sealed record DraftKey(string Context, string Migration);
