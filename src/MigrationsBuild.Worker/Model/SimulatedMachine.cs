using System.Globalization;
using System.Reflection;

namespace MigrationsBuild.Worker.Model;

/// <summary>The settings of a machine on which a model may depend.</summary>
[Flags]
internal enum MachineSettings
{
    None = 0,
    TimeZone = 1,
    Culture = 2,
}

/// <summary>Runs code as on another machine: in another time zone, and with the number and date formats of another culture.</summary>
internal static class SimulatedMachine
{
    private const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    /// <summary>Runs code, and restores the settings of this process after it.</summary>
    /// <param name="settings">The settings that differ from those of this machine.</param>
    public static T Run<T>(MachineSettings settings, Func<T> code)
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            if (settings.HasFlag(MachineSettings.Culture))
                CultureInfo.CurrentCulture = OtherCulture(culture);
            if (settings.HasFlag(MachineSettings.TimeZone))
                SetLocal(OtherZone(TimeZoneInfo.Local));
            return code();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
            TimeZoneInfo.ClearCachedData();
        }
    }

    /// <summary>Half a day away, so that daylight saving time can't make it the same, and most times are on another date.</summary>
    private static TimeZoneInfo OtherZone(TimeZoneInfo local)
    {
        var offset = local.BaseUtcOffset + TimeSpan.FromMinutes(local.BaseUtcOffset > TimeSpan.Zero ? -690 : 690);
        return TimeZoneInfo.CreateCustomTimeZone("Elsewhere", offset, "Elsewhere", "Elsewhere");
    }

    /// <summary>
    /// The same culture with other formats. Its casing rules stay, so that EF Core's conventions create the same names, and a machine
    /// without ICU has no other culture.
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
    /// Sets the field in which .NET caches the zone until <see cref="TimeZoneInfo.ClearCachedData"/>. On Windows no environment variable
    /// sets the zone, and elsewhere a variable would be one more change of the process. If .NET has no such field, the zone stays the same.
    /// </summary>
    private static void SetLocal(TimeZoneInfo zone)
    {
        if (typeof(TimeZoneInfo).GetField("s_cachedData", Hidden)?.GetValue(null) is { } cache)
            cache.GetType().GetField("_localTimeZone", Hidden)?.SetValue(cache, zone);
    }
}
