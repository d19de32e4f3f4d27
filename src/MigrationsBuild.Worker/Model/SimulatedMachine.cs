using System.Globalization;
using System.Reflection;

namespace MigrationsBuild.Worker.Model;

/// <summary>What of a machine a model may depend on.</summary>
[Flags]
internal enum MachineSettings
{
    None = 0,
    TimeZone = 1,
    Culture = 2,
}

/// <summary>Runs code as if it ran on another machine: in another time zone, and with another culture's numbers and dates.</summary>
internal static class SimulatedMachine
{
    private const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    /// <summary>Runs code. What it changes of this process is undone after it.</summary>
    /// <param name="parts">What is to differ from this machine.</param>
    /// <param name="code">The code.</param>
    public static T Run<T>(MachineSettings parts, Func<T> code)
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            if (parts.HasFlag(MachineSettings.Culture))
                CultureInfo.CurrentCulture = OtherCulture(culture);
            if (parts.HasFlag(MachineSettings.TimeZone))
                SetLocal(OtherZone(TimeZoneInfo.Local));
            return code();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
            TimeZoneInfo.ClearCachedData();
        }
    }

    /// <summary>Half a day away, so that no daylight saving time makes it the same and a date is mostly another one, too.</summary>
    private static TimeZoneInfo OtherZone(TimeZoneInfo local)
    {
        var offset = local.BaseUtcOffset + TimeSpan.FromMinutes(local.BaseUtcOffset > TimeSpan.Zero ? -690 : 690);
        return TimeZoneInfo.CreateCustomTimeZone("Elsewhere", offset, "Elsewhere", "Elsewhere");
    }

    /// <summary>
    /// The same letters, so that EF Core's own conventions see the same names; a machine without ICU has no other culture at all.
    /// </summary>
    private static CultureInfo OtherCulture(CultureInfo culture)
    {
        var other = (CultureInfo)culture.Clone();
        var hasPoint = other.NumberFormat.NumberDecimalSeparator == ".";
        (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NumberGroupSeparator) = hasPoint ? (",", ".") : (".", ",");
        (other.NumberFormat.CurrencyDecimalSeparator, other.NumberFormat.CurrencyGroupSeparator) = hasPoint ? (",", ".") : (".", ",");
        other.DateTimeFormat.ShortDatePattern = other.DateTimeFormat.ShortDatePattern.StartsWith('d') ? "yyyy-MM-dd" : "dd-MM-yyyy";
        other.DateTimeFormat.LongTimePattern = other.DateTimeFormat.LongTimePattern.StartsWith('H') ? "hh:mm:ss tt" : "HH:mm:ss";
        return other;
    }

    /// <summary>
    /// Where .NET keeps the zone until <see cref="TimeZoneInfo.ClearCachedData"/>: on Windows no variable sets it, and elsewhere the
    /// variable would be another process-wide change. Without that field the zone stays what it is.
    /// </summary>
    private static void SetLocal(TimeZoneInfo zone)
    {
        if (typeof(TimeZoneInfo).GetField("s_cachedData", Hidden)?.GetValue(null) is { } cache)
            cache.GetType().GetField("_localTimeZone", Hidden)?.SetValue(cache, zone);
    }
}
