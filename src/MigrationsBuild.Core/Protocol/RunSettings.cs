using System.Globalization;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;

namespace MigrationsBuild.Protocol;

/// <summary>
/// How the runner applies: what it waits for and how long, how often it tries again, and as whom. A project sets the properties, a
/// publish puts them into the manifest, and the deployed runner has an option for each.
/// </summary>
public sealed record RunSettings
{
    private const string Seconds = "a number of seconds, such as 3 or 0.5";

    /// <summary>How long a statement may wait for a lock, while everybody else queues up behind it; zero for ever.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a statement may take; zero for ever.</summary>
    public TimeSpan StatementTimeout { get; init; }

    /// <summary>How often a migration that had to wait too long for a lock is tried again.</summary>
    public int Retries { get; init; } = 10;

    /// <summary>How long it rests before the first of these; each rest is twice the one before, at most <see cref="MaxRetryDelay"/>.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long it waits for another run to end, and with a statement that makes nobody else wait.</summary>
    public TimeSpan WaitTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long it waits for a server that doesn't answer yet.</summary>
    public TimeSpan ConnectTimeout { get; init; }

    /// <summary>Whether everything that is pending goes into one transaction, instead of each migration into one of its own.</summary>
    public bool IsOneTransaction { get; init; }

    /// <summary>Whether pending migrations that are older than applied ones are applied anywhere.</summary>
    public bool AllowsOutOfOrder { get; init; }

    /// <summary>The role to <c>SET ROLE</c> to after the login, which then owns what is made; empty for none.</summary>
    public string Role { get; init; } = "";

    /// <summary>The longest delay between two tries.</summary>
    public static TimeSpan MaxRetryDelay { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a server that is just starting, or a deployed runner's server, is waited for by default.</summary>
    public static TimeSpan DefaultConnectTimeout { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Every setting: its name in messages and as an option, the property, and what it says.</summary>
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
        new("role", "DbRole", "role", "", "The role to take after the login (SET ROLE)"),
    ];

    /// <summary>These settings with those that somebody has given.</summary>
    /// <param name="find">The text of a setting; <see langword="null"/> or empty if it isn't given.</param>
    /// <param name="nameOf">What people call the setting there, for errors.</param>
    /// <exception cref="MigrationsException">A text can't be understood.</exception>
    public RunSettings With(Func<RunSetting, string?> find, Func<RunSetting, string> nameOf) => All.Aggregate(
        this, (settings, setting) => find(setting) is { Length: > 0 } text ? settings.With(setting, text, nameOf(setting)) : settings);

    private RunSettings With(RunSetting setting, string text, string name) => setting.Name switch
    {
        "lock-timeout" => this with { LockTimeout = Time(text, name) },
        "statement-timeout" => this with { StatementTimeout = Time(text, name) },
        "retries" => this with { Retries = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : throw Wrong(name, text, "a number, 0 for none") },
        "retry-delay" => this with { RetryDelay = Time(text, name) },
        "wait-timeout" => this with { WaitTimeout = Time(text, name) },
        "connect-timeout" => this with { ConnectTimeout = Time(text, name) },
        "transaction" => this with { IsOneTransaction = Either("migration", "all", text, name) },
        "out-of-order" => this with { AllowsOutOfOrder = Either("refuse", "allow", text, name) },
        _ => this with { Role = text },
    };

    private static TimeSpan Time(string text, string name) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 1_000_000 ? TimeSpan.FromSeconds(seconds) : throw Wrong(name, text, Seconds);

    /// <summary>Whether it is the second of two words.</summary>
    private static bool Either(string first, string second, string text, string name) =>
        string.Equals(text, second, StringComparison.OrdinalIgnoreCase)
        || (string.Equals(text, first, StringComparison.OrdinalIgnoreCase) ? false : throw Wrong(name, text, $"{first} or {second}"));

    private static MigrationsException Wrong(string name, string text, string form) =>
        new(DiagnosticCodes.InvalidSetting, $"{name} is {text}. It must be {form}.");
}

/// <summary>One of the <see cref="RunSettings"/>.</summary>
/// <param name="Name">Its name in messages; behind two dashes, the deployed runner's option.</param>
/// <param name="Property">The MSBuild property.</param>
/// <param name="Form">What its value is, in a word.</param>
/// <param name="Default">The value without it; empty for none.</param>
/// <param name="Summary">What it sets.</param>
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
