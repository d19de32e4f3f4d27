namespace MigrationsBuild.Protocol;

/// <summary>What a verb asks of the runner. The connection isn't in it: it comes in the environment.</summary>
/// <param name="Verb">What to do: <c>migrate</c>, <c>rollback</c>, <c>stamp</c>, <c>current</c>, <c>history</c>, <c>heads</c>, <c>show</c>, <c>script</c>, <c>reset</c>.</param>
/// <param name="ProjectFolder">What a relative SQLite path is relative to.</param>
public sealed record RunnerRequest(string Verb, string ProjectFolder)
{
    /// <summary>The revision to go to, or the range, as the user wrote it; empty for the verb's default.</summary>
    public string To { get; init; } = "";

    /// <summary>The name of the database on which what only development databases allow shall be done all the same.</summary>
    public string Force { get; init; } = "";

    /// <summary>The first 12 or more digits of the hash of the journal's SQL that the call agrees to run; empty for none.</summary>
    public string AcceptSql { get; init; } = "";

    /// <summary>Whether it shall only be told what would be done.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether a stamp first takes out of the history whatever it has.</summary>
    public bool Purge { get; init; }

    /// <summary>Whether a script skips what a database has already.</summary>
    public bool Idempotent { get; init; }

    /// <summary>Whether all that is known of each migration shall be shown.</summary>
    public bool Verbose { get; init; }

    /// <summary>Whether <c>current</c> fails on a database that isn't at the head.</summary>
    public bool CheckHeads { get; init; }

    /// <summary>The file that a script goes into, absolute; empty to show it.</summary>
    public string OutputPath { get; init; } = "";

    /// <summary>Whether the build is strict, as on a build server: it treats no database as a development database.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Whether the run asks before it destroys data.</summary>
    public Confirmation Confirmation { get; init; }

    /// <summary>What it waits for and how long, and as whom it works.</summary>
    public RunSettings Settings { get; init; } = new();

    /// <summary>The environment variable that holds the connection string; empty if none is known, and the verb can do without.</summary>
    public string ConnectionVariable { get; init; } = ConnectionVariables.Default;

    /// <summary>Where the connection string comes from, for people.</summary>
    public string ConnectionSource { get; init; } = "";

    /// <summary>The name of the message.</summary>
    internal const string Name = "request";

    /// <summary>The request as a message.</summary>
    public MessageLine ToMessage() => Settings.AddTo(new MessageLine(Name)
        .With("verb", Verb).With("project-folder", ProjectFolder).With("to", To).With("force", Force)
        .With("accept-sql", AcceptSql).With("dry-run", DryRun)
        .With("purge", Purge).With("idempotent", Idempotent).With("verbose", Verbose).With("check-heads", CheckHeads).With("output", OutputPath).With("strict", IsStrict)
        .With("confirmation", Confirmation.ToString())
        .With("connection-variable", ConnectionVariable).With("connection-source", ConnectionSource));

    /// <summary>Reads a request.</summary>
    /// <param name="message">What <see cref="ToMessage"/> gave.</param>
    public static RunnerRequest From(MessageLine message) => new(message["verb"], message["project-folder"])
    {
        To = message["to"],
        Force = message["force"],
        AcceptSql = message["accept-sql"],
        DryRun = message.Has("dry-run"),
        Purge = message.Has("purge"),
        Idempotent = message.Has("idempotent"),
        Verbose = message.Has("verbose"),
        CheckHeads = message.Has("check-heads"),
        OutputPath = message["output"],
        IsStrict = message.Has("strict"),
        Confirmation = Enum.TryParse<Confirmation>(message["confirmation"], out var confirmation) ? confirmation : Confirmation.Impossible,
        Settings = RunSettings.From(message),
        ConnectionVariable = message["connection-variable"],
        ConnectionSource = message["connection-source"],
    };
}
