namespace MigrationsBuild.Protocol;

/// <summary>Which migrations' SQL the worker shall emit.</summary>
public enum EmissionScope
{
    /// <summary>Those that a verdict needs: see <see cref="Review.ContextReview.NeedEmission"/>.</summary>
    Needed,

    /// <summary>Those, and every draft.</summary>
    Drafts,

    /// <summary>All.</summary>
    All,
}

/// <summary>
/// What a build asks of the worker, in one start of it. It goes over standard input, so that no other call can get hold of it.
/// </summary>
/// <param name="AssemblyPath">The assembly that makes the contexts, as it lies in the output folder: the project's own, or its start-up project's.</param>
/// <param name="Projects">The projects whose contexts are looked for: the one that is built, then those that it, or its start-up project, references.</param>
public sealed record WorkerRequest(string AssemblyPath, IReadOnlyList<MigrationsProject> Projects)
{
    /// <summary>The project that is built.</summary>
    public MigrationsProject Project => Projects[0];

    /// <summary>Where hashes of source files are kept.</summary>
    public string HashCachePath { get; init; } = "";

    /// <summary>Where history tables are kept.</summary>
    public string HistoryCachePath { get; init; } = "";

    /// <summary>Path of Microsoft.EntityFrameworkCore.Design, if the project references it.</summary>
    public string DesignAssemblyPath { get; init; } = "";

    /// <summary>Name of the one context that counts; empty for all.</summary>
    public string ContextName { get; init; } = "";

    /// <summary>How long the start-up code may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long any other step may take: a context's model, the SQL of one migration.</summary>
    public TimeSpan StepTimeout => StepLimit ?? TimeSpan.FromSeconds(10 * Timeout.TotalSeconds);

    /// <summary>A limit of its own for such a step; <see langword="null"/> for one that follows from <see cref="Timeout"/>.</summary>
    public TimeSpan? StepLimit { get; init; }

    /// <summary>The arguments that design-time factories and the entry point get.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Where <c>/_/…</c> of a deterministic build's paths lies: pairs of mapped and real folder.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> SourceRoots { get; init; } = [];

    /// <summary>Which migrations' SQL is wanted.</summary>
    public EmissionScope Emission { get; init; }

    /// <summary>Revision expressions: the migrations whose SQL is wanted besides; empty for none.</summary>
    public string EmitRevisions { get; init; } = "";

    /// <summary>Whether a new migration is wanted.</summary>
    public bool Revision { get; init; }

    /// <summary>The new migration's class name; empty to take it from the operations.</summary>
    public string RevisionName { get; init; } = "";

    /// <summary>Whether the new migration shall be empty.</summary>
    public bool RevisionEmpty { get; init; }

    /// <summary>Whether the newest migration, a draft, is to be made again instead of a further one.</summary>
    public bool RevisionAmend { get; init; }

    /// <summary>Whether the answer shall list the entities.</summary>
    public bool ListEntities { get; init; }

    /// <summary>Whether drift is to be drafted by itself: as a further migration, or by making the newest draft again.</summary>
    public bool AutoDraft { get; init; }

    /// <summary>Whether it shall be told what the removal of the newest migration changes.</summary>
    public bool Discard { get; init; }

    /// <summary>The drafts of which the caller has the snapshot as it was before them: a discard needn't compute it.</summary>
    public IReadOnlyList<DraftKey> KnownSnapshots { get; init; } = [];

    /// <summary>Whether the answer shall say what the contexts connect to.</summary>
    public bool WantsConnections { get; init; }

    /// <summary>
    /// Handle of the pipe that the answer goes to, which the process inherits. Standard output belongs to the application's own code,
    /// and a file of a fixed name to every call at once.
    /// </summary>
    public string AnswerPipe { get; init; } = "";

    /// <summary>The project of an assembly; <see langword="null"/> of one that none of these projects makes.</summary>
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
            yield return new MessageLine("source-root").With("mapped", root.Key).With("path", root.Value);
        foreach (var draft in KnownSnapshots)
            yield return new MessageLine("known-snapshot").WithRecord(draft);
    }

    /// <summary>Reads a request.</summary>
    /// <param name="messages">What <see cref="ToMessages"/> gave.</param>
    public static WorkerRequest From(IEnumerable<MessageLine> messages)
    {
        var all = messages.ToList();
        IReadOnlyList<T> Of<T>(string name, Func<MessageLine, T> read) => [.. all.Where(message => message.Name == name).Select(read)];
        return all.First(message => message.Name == "request").ReadRecord<WorkerRequest>() with
        {
            Projects = Of("project", message => message.ReadRecord<MigrationsProject>()),
            SourceRoots = Of("source-root", message => new KeyValuePair<string, string>(message["mapped"], message["path"])),
            KnownSnapshots = Of("known-snapshot", message => message.ReadRecord<DraftKey>()),
        };
    }
}

/// <summary>A draft of a context.</summary>
/// <param name="Context">Full name of the DbContext.</param>
/// <param name="Migration">The draft's id.</param>
public sealed record DraftKey(string Context, string Migration);
