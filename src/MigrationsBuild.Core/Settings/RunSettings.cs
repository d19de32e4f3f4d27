using System.Globalization;
using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Settings;

/// <summary>
/// How the runner applies migrations: time limits, retries, transactions and the role. A project sets the properties, a publish writes them
/// to the manifest, and the deployed runner has an option for each.
/// </summary>
public sealed record RunSettings
{
    private const string Seconds = "a number of seconds, such as 3 or 0.5";

    /// <summary>How long a statement may wait for a lock. Other sessions queue up behind it. Zero means no limit.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a statement may take. Zero means no limit.</summary>
    public TimeSpan StatementTimeout { get; init; }

    /// <summary>How often a migration that didn't get a lock in time is retried.</summary>
    public int Retries { get; init; } = 10;

    /// <summary>The delay before the first retry. It doubles with each retry, up to <see cref="MaxRetryDelay"/>.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the runner waits for another run to end, and for a lock if no other session has to wait meanwhile.</summary>
    public TimeSpan WaitTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the runner waits for a server that doesn't answer yet.</summary>
    public TimeSpan ConnectTimeout { get; init; }

    /// <summary>Whether all pending migrations are one transaction. Otherwise each migration is one.</summary>
    public bool IsOneTransaction { get; init; }

    /// <summary>Whether pending migrations that are older than applied ones are applied to every database.</summary>
    public bool AllowsOutOfOrder { get; init; }

    /// <summary>The locks with which no migration runs, as <see cref="RefusedLocks.Parse"/> reads them.</summary>
    public string RefuseLock { get; init; } = "none";

    /// <summary>The locks with which no migration runs.</summary>
    /// <exception cref="MigrationsException"><see cref="RefuseLock"/> isn't a valid value.</exception>
    public RefusedLocks RefusedLocks => Limits(RefuseLock, nameof(RefuseLock));

    /// <summary>Whether a database that differs from its migrations gets no further ones.</summary>
    public bool RefusesDrift { get; init; }

    /// <summary>Names of objects that a comparison of databases leaves out, with <c>*</c> for any text: <c>audit.*;Legacy*</c>.</summary>
    public string Ignore { get; init; } = "";

    /// <summary>The image of PostgreSQL of which a container may be started for scratch databases; empty for none.</summary>
    public string ScratchImage { get; init; } = "";

    /// <summary>The role to take after the login (<c>SET ROLE</c>), which then owns new objects; empty for none.</summary>
    public string Role { get; init; } = "";

    /// <summary>The longest delay between two retries.</summary>
    public static TimeSpan MaxRetryDelay { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The default of <see cref="ConnectTimeout"/> in strict builds and in the deployed runner.</summary>
    public static TimeSpan DefaultConnectTimeout { get; } = TimeSpan.FromSeconds(30);

    /// <summary>All settings.</summary>
    public static IReadOnlyList<RunSetting> All { get; } =
    [
        new("lock-timeout", "DbLockTimeout", "seconds", "3", "How long a statement waits for a lock"),
        new("statement-timeout", "DbStatementTimeout", "seconds", "0", "How long a statement may take; 0 means no limit"),
        new("retries", "DbRetries", "number", "10", "How often a migration that didn't get a lock is retried"),
        new("retry-delay", "DbRetryDelay", "seconds", "1", "Delay before the first retry; doubles up to 30 s"),
        new("wait-timeout", "DbWaitTimeout", "seconds", "300", "How long to wait for another run"),
        new("connect-timeout", "DbConnectTimeout", "seconds", "0", "How long to wait for a server that doesn't answer yet"),
        new("transaction", "DbTransaction", "migration|all", "migration", "One transaction for each migration, or one for all"),
        new(
            "out-of-order", "DbOutOfOrder", "refuse|allow", "refuse",
            "Whether a pending migration that is older than an applied one is applied"),
        new("refuse-lock", "DbRefuseLock", "size", "none", "Refuse work on a table of this size while it is locked: 1GB"),
        new("gate", "DbGate", "none|drift", "none", "drift: refuse a database that differs from its migrations"),
        new("ignore", "DbIgnore", "names", "", "Objects that comparisons of databases leave out: audit.*;Legacy*"),
        new("scratch-image", "DbScratchImage", "image", "", "Start a container for scratch databases: postgres:17"),
        new("role", "DbRole", "role", "", "The role to take after the login (SET ROLE)"),
    ];

    /// <summary>These settings, with other values for some of them.</summary>
    /// <param name="find">The text of a setting; <see langword="null"/> or empty to leave it as it is.</param>
    /// <param name="nameOf">The name of the setting in error messages.</param>
    /// <exception cref="MigrationsException">A text isn't a valid value.</exception>
    public RunSettings With(Func<RunSetting, string?> find, Func<RunSetting, string> nameOf) => All.Aggregate(
        this, (settings, setting) => find(setting) is { Length: > 0 } text ? settings.With(setting, text, nameOf(setting)) : settings);

    private RunSettings With(RunSetting setting, string text, string name) => setting.Name switch
    {
        "lock-timeout" => this with { LockTimeout = Time(text, name) },
        "statement-timeout" => this with { StatementTimeout = Time(text, name) },
        "retries" => this with { Retries = Count(text, name) },
        "retry-delay" => this with { RetryDelay = Time(text, name) },
        "wait-timeout" => this with { WaitTimeout = Time(text, name) },
        "connect-timeout" => this with { ConnectTimeout = Time(text, name) },
        "transaction" => this with { IsOneTransaction = Either("migration", "all", text, name) },
        "out-of-order" => this with { AllowsOutOfOrder = Either("refuse", "allow", text, name) },
        "refuse-lock" => this with { RefuseLock = Limits(text, name) is { Limits.Count: > 0 } ? text : "none" },
        "gate" => this with { RefusesDrift = Either("none", "drift", text, name) },
        "ignore" => this with { Ignore = text },
        "scratch-image" => this with { ScratchImage = Image(text, name) },
        _ => this with { Role = text },
    };

    private static RefusedLocks Limits(string text, string name) =>
        RefusedLocks.Parse(text) ?? throw Wrong(name, text, RefusedLocks.Form);

    /// <summary>The image becomes an argument of Docker, so it must not look like an option.</summary>
    private static string Image(string text, string name) =>
        Regex.IsMatch(text, @"^[a-zA-Z0-9][\w.:/@-]*$") ? text : throw Wrong(name, text, "the name of an image, such as postgres:17");

    private static int Count(string text, string name) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw Wrong(name, text, "a number, 0 for none");

    private static TimeSpan Time(string text, string name) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 1_000_000
            ? TimeSpan.FromSeconds(seconds)
            : throw Wrong(name, text, Seconds);

    /// <summary>Whether the text is the second of two words.</summary>
    private static bool Either(string first, string second, string text, string name)
    {
        if (string.Equals(text, second, StringComparison.OrdinalIgnoreCase))
            return true;
        return string.Equals(text, first, StringComparison.OrdinalIgnoreCase) ? false : throw Wrong(name, text, $"{first} or {second}");
    }

    private static MigrationsException Wrong(string name, string text, string form) =>
        new(DiagnosticCodes.InvalidSetting, $"{name} is {text}. It must be {form}.");
}

/// <summary>One of the <see cref="RunSettings"/>.</summary>
/// <param name="Name">The name of the deployed runner's option, without its two dashes.</param>
/// <param name="Property">The MSBuild property.</param>
/// <param name="Form">The kind of the value, in a word.</param>
/// <param name="Default">The default value; empty for none.</param>
/// <param name="Summary">A short description, for the help.</param>
public sealed record RunSetting(string Name, string Property, string Form, string Default, string Summary)
    : Setting(Property, Default, Summary)
{
    /// <inheritdoc/>
    public override Diagnostic? Check(string text)
    {
        try
        {
            _ = new RunSettings().With(setting => setting == this ? text : null, setting => setting.Property);
            return null;
        }
        catch (MigrationsException failure)
        {
            return failure.Diagnostic;
        }
    }
}
