namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>What a call of another assembly may do with the code of this one, without naming it.</summary>
internal enum Reflection
{
    /// <summary>Nothing: it uses only what it gets.</summary>
    None,

    /// <summary>It finds types, and may create instances of them.</summary>
    FindsTypes,

    /// <summary>It returns an assembly. Its user may find types.</summary>
    ReturnsAssembly,

    /// <summary>It finds the method that a text names.</summary>
    FindsNamedMethod,

    /// <summary>It finds any methods of the types that it gets.</summary>
    FindsMethods,

    /// <summary>It finds any types, and any methods of them.</summary>
    FindsAll,

    /// <summary>It loads code that nobody has read.</summary>
    LoadsCode,

    /// <summary>It calls methods of the generic argument by their names. If that is a type parameter, any type may have them.</summary>
    CallsAllOfArgument,
}

/// <summary>The calls from which reachability can't be told.</summary>
internal static class ExternalCalls
{
    // Assemblies that don't search the application for types before its host is built, except by the members below. ASP.NET Core's MVC
    // searches for controllers and pages, which can't change a model.
    private static readonly string[] _knownAssemblies =
    [
        "System", "Microsoft", "mscorlib", "netstandard", "FSharp.Core", "Npgsql", "NetTopologySuite", "EFCore.NamingConventions",
        "Pomelo.EntityFrameworkCore.MySql", "MySql", "Oracle", "SQLitePCLRaw", "Newtonsoft.Json", "Serilog", "NodaTime", "OpenTelemetry",
        "Swashbuckle.AspNetCore",
    ];

    private static readonly Dictionary<string, Reflection> _members = new()
    {
        ["System.AppDomain.GetAssemblies"] = Reflection.FindsTypes,
        ["System.Type.GetType"] = Reflection.FindsTypes,
        ["System.Type.GetNestedType"] = Reflection.FindsTypes,
        ["System.Type.GetNestedTypes"] = Reflection.FindsTypes,
        ["System.Activator.CreateInstanceFrom"] = Reflection.LoadsCode,
        ["Newtonsoft.Json.JsonSerializerSettings.set_TypeNameHandling"] = Reflection.FindsTypes,
        ["System.Type.get_Assembly"] = Reflection.ReturnsAssembly,
        ["System.Type.get_Module"] = Reflection.FindsTypes,
        ["System.Reflection.Assembly.GetExecutingAssembly"] = Reflection.ReturnsAssembly,
        ["System.Reflection.Assembly.GetEntryAssembly"] = Reflection.ReturnsAssembly,
        ["System.Reflection.Assembly.GetCallingAssembly"] = Reflection.ReturnsAssembly,
        ["System.Reflection.Assembly.GetAssembly"] = Reflection.ReturnsAssembly,
        ["System.Type.GetMethod"] = Reflection.FindsNamedMethod,
        ["System.Type.GetMethods"] = Reflection.FindsMethods,
        ["System.Type.GetMember"] = Reflection.FindsMethods,
        ["System.Type.GetMembers"] = Reflection.FindsMethods,
        ["System.Type.FindMembers"] = Reflection.FindsMethods,
        ["System.Type.GetDefaultMembers"] = Reflection.FindsMethods,
        ["System.Type.GetInterfaceMap"] = Reflection.FindsMethods,
        ["System.Type.InvokeMember"] = Reflection.FindsMethods,
        ["System.Reflection.TypeInfo.get_DeclaredMethods"] = Reflection.FindsMethods,
        ["System.Reflection.TypeInfo.get_DeclaredMembers"] = Reflection.FindsMethods,
        ["System.Reflection.TypeInfo.GetDeclaredMethod"] = Reflection.FindsNamedMethod,
        ["System.Reflection.TypeInfo.GetDeclaredMethods"] = Reflection.FindsMethods,
        ["System.Reflection.TypeInfo.get_DeclaredNestedTypes"] = Reflection.FindsTypes,
        ["System.Reflection.RuntimeReflectionExtensions.GetRuntimeMethod"] = Reflection.FindsNamedMethod,
        ["System.Reflection.RuntimeReflectionExtensions.GetRuntimeMethods"] = Reflection.FindsMethods,
        ["System.Reflection.RuntimeReflectionExtensions.GetRuntimeInterfaceMap"] = Reflection.FindsMethods,
        ["System.Reflection.TypeExtensions.GetMethod"] = Reflection.FindsNamedMethod,
        ["System.Reflection.TypeExtensions.GetMethods"] = Reflection.FindsMethods,
        ["System.Reflection.TypeExtensions.GetMember"] = Reflection.FindsMethods,
        ["System.Reflection.TypeExtensions.GetMembers"] = Reflection.FindsMethods,
        ["System.Reflection.Module.ResolveMethod"] = Reflection.FindsMethods,
        ["System.Delegate.CreateDelegate"] = Reflection.FindsMethods,
        ["System.Linq.Expressions.Expression.Call"] = Reflection.FindsMethods,
        ["Microsoft.AspNetCore.Hosting.WebHostBuilderExtensions.UseStartup"] = Reflection.CallsAllOfArgument,
    };

    // All members of a type that are not listed above.
    private static readonly Dictionary<string, Reflection> _types = new()
    {
        ["System.Reflection.Assembly"] = Reflection.FindsTypes,
        ["System.Reflection.Module"] = Reflection.FindsTypes,
        ["System.Runtime.Loader.AssemblyLoadContext"] = Reflection.LoadsCode,
        ["Microsoft.CSharp.RuntimeBinder.Binder"] = Reflection.FindsMethods,
        ["Microsoft.VisualBasic.CompilerServices.NewLateBinding"] = Reflection.FindsMethods,
        ["Microsoft.Extensions.DependencyModel.DependencyContext"] = Reflection.FindsTypes,
    };

    // What can be done with an assembly without finding types in it. EF Core finds the configurations, which are reachable anyway.
    private static readonly HashSet<string> _harmlessUses =
    [
        "ApplyConfigurationsFromAssembly", "AddUserSecrets", "GetName", "get_FullName", "get_Location", "GetManifestResourceStream",
        "GetManifestResourceNames", "GetCustomAttribute", "GetCustomAttributes", "AddApplicationPart", "AddControllers", "op_Equality",
        "op_Inequality",
    ];

    /// <summary>What a member may do.</summary>
    public static Reflection Of(ExternalMember member)
    {
        if (member.Type.Name == "System.Reflection.Assembly" && member.Name.StartsWith("Load", StringComparison.Ordinal))
            return Reflection.LoadsCode;

        // Other overloads name the class as text or as a type, or get a function whose result may derive from the generic argument.
        if (member is { Name: "UseStartup", Parameters.Count: > 1 })
            return Reflection.FindsAll;

        // Of MVC: controllers, tag helpers and view components become services.
        if (member.Name.EndsWith("AsServices", StringComparison.Ordinal))
            return Reflection.FindsTypes;
        if (_members.TryGetValue($"{member.Type.Name}.{member.Name}", out var listed))
            return NeedsText(member) ? TextOverload(member, listed) : listed;
        if (_types.TryGetValue(member.Type.Name, out var all))
            return IsHarmlessUse(member) ? Reflection.None : all;
        if (member.Type.Name == "System.Activator")
            return member.Parameters.Contains("String") ? Reflection.FindsTypes : Reflection.None;
        return IsKnown(member.Type.Assembly) ? Reflection.None : Reflection.FindsTypes;
    }

    /// <summary>Whether a member uses an assembly without finding types in it.</summary>
    public static bool IsHarmlessUse(ExternalMember member) => _harmlessUses.Contains(member.Name);

    /// <summary>
    /// Whether the assembly isn't one that may search for types, or contain base types of contexts that nobody knows here.
    /// </summary>
    public static bool IsKnown(string assembly) =>
        Array.Exists(_knownAssemblies, known =>
            assembly.StartsWith(known, StringComparison.Ordinal) && (assembly.Length == known.Length || assembly[known.Length] == '.'));

    /// <summary>Whether only the overloads that get a text find something: <c>object.GetType()</c> and <c>typeof</c> don't.</summary>
    private static bool NeedsText(ExternalMember member) => (member.Type.Name, member.Name)
        is ("System.Linq.Expressions.Expression", "Call") or ("System.Delegate", "CreateDelegate") or ("System.Type", "GetType");

    private static Reflection TextOverload(ExternalMember member, Reflection listed) =>
        member.Parameters.Contains("String") ? listed : Reflection.None;
}
