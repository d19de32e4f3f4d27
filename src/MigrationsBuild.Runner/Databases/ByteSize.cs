namespace MigrationsBuild.Runner.Databases;

/// <summary>Sizes on disk in words.</summary>
internal static class ByteSize
{
    private static readonly string[] _units = ["bytes", "kB", "MB", "GB", "TB"];

    /// <summary>A size in words: <c>8.1 MB</c>. A kB has 1000 bytes.</summary>
    public static string Format(long bytes)
    {
        var (size, unit) = ((double)bytes, 0);
        for (; size >= 1000 && unit < _units.Length - 1; unit++)
            size /= 1000;
        return FormattableString.Invariant($"{size:0.#} {_units[unit]}");
    }
}
