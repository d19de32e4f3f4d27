using System.Buffers.Binary;
using System.Text;

namespace MigrationsBuild.Worker.Startup;

/// <summary>
/// A start-up profile without the assemblies of the projects. The runtime loads the assemblies that a profile names as soon as the process
/// starts, when the projects may not be compiled yet, and it ignores the rest of a profile after an assembly that has changed.
/// </summary>
/// <remarks>
/// The runtime describes the format in <c>multicorejitimpl.h</c>. It is the same in .NET 6 to 10. Each record is a multiple of four bytes
/// and begins with its type. Records about methods of an assembly that isn't loaded have no effect.
/// </remarks>
/// <seealso href="https://github.com/dotnet/runtime/blob/main/src/coreclr/vm/multicorejitimpl.h"/>
internal static class ProjectIndependentProfile
{
    private const uint Version = 102;

    private enum Record
    {
        Header = 1,
        Module = 2,
        ModuleLoad = 3,
        Method = 4,
        GenericMethod = 5,
    }

    /// <summary>Removes the records that have the runtime load other assemblies.</summary>
    /// <param name="profile">The profile that the runtime has written.</param>
    /// <param name="names">The simple names of the assemblies that it may load.</param>
    /// <returns>The profile; <see langword="null"/> if it is damaged or has another format.</returns>
    public static byte[]? Select(ReadOnlySpan<byte> profile, IReadOnlySet<string> names)
    {
        var selected = new List<byte>(profile.Length);
        var mayLoad = new List<bool>();
        for (var rest = profile; rest.Length > 0;)
        {
            if (LengthOf(rest) is not { } length || length > rest.Length)
                return null;
            var record = rest[..length];
            rest = rest[length..];
            if (TypeOf(record) == Record.Header != (selected.Count == 0))
                return null;
            if (TypeOf(record) == Record.Module)
                mayLoad.Add(names.Contains(ModuleName(record)));
            var module = BinaryPrimitives.ReadUInt16LittleEndian(record);
            if (TypeOf(record) != Record.ModuleLoad || (module < mayLoad.Count && mayLoad[module]))
                selected.AddRange(record);
        }

        return selected.Count > 0 ? [.. selected] : null;
    }

    private static Record TypeOf(ReadOnlySpan<byte> record) => (Record)record[3];

    /// <summary>The length of the first record; <see langword="null"/> if it isn't known.</summary>
    private static int? LengthOf(ReadOnlySpan<byte> records)
    {
        if (records.Length < 8)
            return records.Length == 4 && TypeOf(records) == Record.ModuleLoad ? 4 : null;
        var ownLength = (int)(BinaryPrimitives.ReadUInt32LittleEndian(records) & 0xFFFFFF);
        return TypeOf(records) switch
        {
            Record.Header when BinaryPrimitives.ReadUInt32LittleEndian(records[4..]) == Version && ownLength >= 8 => ownLength,
            Record.Module when ownLength >= NameOffset => ownLength,
            Record.ModuleLoad => 4,
            Record.Method => 8,
            Record.GenericMethod => (4 + 2 + BinaryPrimitives.ReadUInt16LittleEndian(records[4..]) + 3) / 4 * 4,
            _ => null,
        };
    }

    // The type and length of the record, the version and the id of the module, three numbers of two bytes, and the lengths of two names.
    private const int NameLengthOffset = 4 + 28 + 6;
    private const int NameOffset = NameLengthOffset + 6;

    private static string ModuleName(ReadOnlySpan<byte> record)
    {
        var length = BinaryPrimitives.ReadUInt16LittleEndian(record[NameLengthOffset..]);
        return NameOffset + length <= record.Length ? Encoding.UTF8.GetString(record.Slice(NameOffset, length)) : "";
    }
}
