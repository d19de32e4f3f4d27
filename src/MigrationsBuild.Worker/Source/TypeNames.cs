namespace MigrationsBuild.Worker.Source;

/// <summary>The names of types in messages.</summary>
internal static class TypeNames
{
    /// <summary>The full name, with those of type arguments. Their assemblies have versions, so they are left out.</summary>
    public static string LongName(this Type type) => type.ToString();

    /// <summary>The name without namespace and type arguments.</summary>
    public static string ShortName(this Type type) => type.Name.Split('`')[0];
}
