namespace MigrationsBuild.Worker.Source;

/// <summary>The names of types in messages.</summary>
internal static class TypeNames
{
    /// <summary>The name without namespace and type arguments.</summary>
    public static string ShortName(this Type type) => type.Name.Split('`')[0];
}
