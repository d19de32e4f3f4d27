using System.Globalization;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>A hash of 128 bits that values are added to, in order. Not cryptographic: nobody gains by a collision.</summary>
internal sealed class PrintHash
{
    private ulong _first = 14695981039346656037UL;
    private ulong _second = 0x9E3779B97F4A7C15UL;

    public void Add(long value)
    {
        unchecked
        {
            _first = (_first ^ (ulong)value) * 1099511628211UL;
            _first ^= _first >> 29;
            _second = ((_second << 23 | _second >> 41) + (ulong)value) * 0xFF51AFD7ED558CCDUL;
            _second ^= _second >> 32;
        }
    }

    public void Add(string text)
    {
        Add(text.Length);
        foreach (var c in text)
            Add(c);
    }

    public void Add(byte[] bytes)
    {
        Add(bytes.Length);
        foreach (var value in bytes)
            Add(value);
    }

    /// <summary>The hash of a text, for texts that are added often.</summary>
    public static long Of(string text)
    {
        var hash = new PrintHash();
        hash.Add(text);
        return unchecked((long)hash._second);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        _first.ToString("x16", CultureInfo.InvariantCulture) + _second.ToString("x16", CultureInfo.InvariantCulture);
}
