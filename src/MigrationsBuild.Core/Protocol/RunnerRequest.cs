using MigrationsBuild.Messages;
using MigrationsBuild.Settings;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Protocol;

/// <summary>The request of a verb to the runner. The connection string isn't in it: it comes in the environment.</summary>
/// <param name="Verb">The name of the verb: see <see cref="VerbTable.OfRunner"/>.</param>
/// <param name="ProjectFolder">The folder of relative SQLite paths.</param>
public sealed record RunnerRequest(string Verb, string ProjectFolder)
{
    /// <summary>The arguments of the call. Each is a row of <see cref="VerbTable"/>; the properties below read them.</summary>
    public Arguments Arguments { get; init; } = Arguments.None;

    /// <summary>The revision to go to, or the range, as the user wrote it; empty for the verb's default.</summary>
    public string To
    {
        get => ToProperty is { } property ? Arguments[property] : "";
        init => Arguments = ToProperty is { } property ? Arguments.With(property, value) : Arguments;
    }

    private string? ToProperty => VerbTable.FindOfRunner(Verb)?.Argument?.Property;

    /// <summary>The name of the database on which the call allows what only development databases allow.</summary>
    public string Force
    {
        get => Arguments["DbForce"];
        init => Arguments = Arguments.With("DbForce", value);
    }

    /// <summary>The first 12 or more digits of the hash of SQL that the call agrees to run; empty for none.</summary>
    public string AcceptSql
    {
        get => Arguments["DbAcceptSql"];
        init => Arguments = Arguments.With("DbAcceptSql", value);
    }

    /// <summary>The tables and columns that may be dropped with their data; empty for none.</summary>
    public string AcceptLoss
    {
        get => Arguments["DbAcceptLoss"];
        init => Arguments = Arguments.With("DbAcceptLoss", value);
    }

    /// <summary>Whether to show what would be done, and to do nothing.</summary>
    public bool DryRun
    {
        get => Arguments.Has("DbDryRun");
        init => Arguments = Arguments.With("DbDryRun", value);
    }

    /// <summary>Whether a stamp first removes all migrations of the context from the history.</summary>
    public bool Purge
    {
        get => Arguments.Has("DbPurge");
        init => Arguments = Arguments.With("DbPurge", value);
    }

    /// <summary>Whether a script skips what a database already has.</summary>
    public bool Idempotent
    {
        get => Arguments.Has("DbIdempotent");
        init => Arguments = Arguments.With("DbIdempotent", value);
    }

    /// <summary>Whether to show all details of each migration.</summary>
    public bool Verbose
    {
        get => Arguments.Has("DbVerbose");
        init => Arguments = Arguments.With("DbVerbose", value);
    }

    /// <summary>Whether <c>current</c> fails on a database that isn't at the head.</summary>
    public bool CheckHeads
    {
        get => Arguments.Has("DbCheckHeads");
        init => Arguments = Arguments.With("DbCheckHeads", value);
    }

    /// <summary>The number of generated rows with which <c>verify</c> fills tables; empty for none.</summary>
    public string Rows
    {
        get => Arguments["DbRows"];
        init => Arguments = Arguments.With("DbRows", value);
    }

    /// <summary>Whether the check of a deployed runner compares the objects of the database.</summary>
    public bool ComparesSchema
    {
        get => Arguments.Has("DbSchema");
        init => Arguments = Arguments.With("DbSchema", value);
    }

    /// <summary>Whether <c>diff</c> compares privileges.</summary>
    public bool ComparesPrivileges
    {
        get => Arguments.Has("DbPrivileges");
        init => Arguments = Arguments.With("DbPrivileges", value);
    }

    /// <summary>Whether <c>diff</c> writes the differences as SQL.</summary>
    public bool Draft
    {
        get => Arguments.Has("DbDraft");
        init => Arguments = Arguments.With("DbDraft", value);
    }

    /// <summary>The file that a script is written to, absolute; empty to print it.</summary>
    public string OutputPath
    {
        get => Arguments["DbSqlFile"];
        init => Arguments = Arguments.With("DbSqlFile", value);
    }

    /// <summary>The folder of a script for which the call names no file; empty to print it.</summary>
    public string OutputFolder { get; init; } = "";

    /// <summary>Whether the build is strict, as on a build server: it treats no database as a development database.</summary>
    public bool IsStrict { get; init; }

    /// <summary>
    /// Whether the run fails before it would write to the database. <c>dotnet db</c> requests this for a run without a build, because a
    /// build has to check the approvals first.
    /// </summary>
    public bool MustNotWrite { get; init; }

    /// <summary>Whether the run leaves a database alone that isn't a development database, because a build wants to migrate it.</summary>
    public bool OnlyDevelopment { get; init; }

    /// <summary>Whether the run asks before it destroys data.</summary>
    public Confirmation Confirmation { get; init; }

    /// <summary>Timeouts, retries, transactions and the role.</summary>
    public RunSettings Settings { get; init; } = new();

    /// <summary>The environment variable that holds the connection string; empty if none is known and the verb can do without.</summary>
    public string ConnectionVariable { get; init; } = ConnectionVariables.Default;

    /// <summary>The origin of the connection string, for people.</summary>
    public string ConnectionSource { get; init; } = "";

    /// <summary>
    /// The file in which the runtime notes the methods that it compiles, so that the next runner compiles them on another core; empty for
    /// none.
    /// </summary>
    public string StartupProfilePath { get; init; } = "";

    /// <summary>The name of the message.</summary>
    internal const string Name = "request";

    /// <summary>The request as a message.</summary>
    public MessageLine ToMessage() => new MessageLine(Name).WithRecord(this);

    /// <summary>Reads a request.</summary>
    /// <param name="message">A message that <see cref="ToMessage"/> made.</param>
    public static RunnerRequest From(MessageLine message) => message.ReadRecord<RunnerRequest>();
}
