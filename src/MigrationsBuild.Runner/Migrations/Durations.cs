using System.Globalization;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>Writes how long something took.</summary>
internal static class Durations
{
    /// <summary>For people: <c>340 ms</c>, and from ten seconds on <c>12.5 s</c>.</summary>
    public static string Format(TimeSpan time) => time.TotalSeconds < 10
        ? FormattableString.Invariant($"{time.TotalMilliseconds:0} ms")
        : FormattableString.Invariant($"{time.TotalSeconds:0.0} s");

    /// <summary>Whole milliseconds, as a number that is valid in SQL.</summary>
    public static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
