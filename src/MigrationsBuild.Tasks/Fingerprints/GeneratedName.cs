using System.Reflection.Metadata;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>Names that compilers make up: C# with <c>&lt;</c>, F# with <c>@</c>, Visual Basic with <c>$</c>.</summary>
internal static class GeneratedName
{
    private static readonly char[] _marks = ['<', '@', '$'];

    public static bool Is(string name) => name.IndexOfAny(_marks) >= 0;

    /// <summary>
    /// Whether a type with this name belongs to several members, or is nothing but code. Anonymous types and file-local types are not
    /// among them: reflection sees their properties.
    /// </summary>
    public static bool IsOfClosure(string name) => name.StartsWith("<>c", StringComparison.Ordinal)
        || name.StartsWith("<>O", StringComparison.Ordinal)
        || name.StartsWith("<PrivateImplementationDetails>", StringComparison.Ordinal)
        || name.StartsWith("_Closure$__", StringComparison.Ordinal)
        || (name.Length > 0 && name[0] == '<' && (name.Contains(">d__") || name.EndsWith(">d", StringComparison.Ordinal)));

    /// <summary>The full name of a type; a nested type is separated by a plus sign.</summary>
    public static string FullName(this MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = metadata.GetString(type.Name);
        if (type.GetDeclaringType() is { IsNil: false } outer)
            return $"{metadata.FullName(outer)}+{name}";
        var space = metadata.GetString(type.Namespace);
        return space.Length > 0 ? $"{space}.{name}" : name;
    }
}
