using System.Reflection.Metadata;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>
/// Adds to a fingerprint whether a type of a member may be null, which decides whether EF Core makes a column nullable. The compiler writes
/// the most common value of a class on the class itself, so an edit of one member moves it between the others. Each member gets the value
/// that is valid for it.
/// </summary>
/// <remarks>https://github.com/dotnet/roslyn/blob/main/docs/features/nullable-metadata.md</remarks>
internal sealed class NullabilityPrinter(ReachableCode reachable)
{
    private const string Own = "System.Runtime.CompilerServices.NullableAttribute";
    private const string Context = "System.Runtime.CompilerServices.NullableContextAttribute";

    /// <summary>Whether this class, and not that of other attributes, adds an attribute.</summary>
    public static bool Prints(string attribute) => attribute is Own or Context;

    /// <summary>Adds the value for a member or parameter.</summary>
    /// <param name="type">The type that declares it.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <param name="signature">Its type.</param>
    public void Print(CodeType type, CustomAttributeHandleCollection attributes, SignatureText signature) =>
        Print(type.Assembly, attributes, signature.HasReferences ? ContextOf(type) : null);

    /// <summary>Adds the value that is valid for the parameters of a method if they have none of their own.</summary>
    public void PrintContext(CodeMethod method, SignatureText signature)
    {
        if (signature.HasReferences)
            reachable.Print.Add(OwnContext(method.Type.Assembly, method.Definition.GetCustomAttributes()) ?? ContextOf(method.Type));
    }

    /// <summary>Adds the value for what is always a reference, or may be one.</summary>
    public void PrintReference(CodeType type, CustomAttributeHandleCollection attributes) =>
        Print(type.Assembly, attributes, ContextOf(type));

    /// <summary>Adds the value for a parameter, if it has its own.</summary>
    public void PrintOwn(CodeAssembly assembly, CustomAttributeHandleCollection attributes) => Print(assembly, attributes, null);

    private void Print(CodeAssembly assembly, CustomAttributeHandleCollection attributes, byte? context)
    {
        if (Find(assembly, attributes, Own) is not { } value)
            reachable.Print.Add(context ?? -1);
        else if (Single(value) is { } single)
            reachable.Print.Add(single);
        else
            reachable.Print.Add(value);
    }

    private byte ContextOf(CodeType type)
    {
        if (type.NullableContext is { } known)
            return known;
        var outer = type.Definition.GetDeclaringType();
        var context = OwnContext(type.Assembly, type.Definition.GetCustomAttributes())
            ?? (outer.IsNil ? (byte)0 : ContextOf(type.Assembly[outer]));
        type.NullableContext = context;
        return context;
    }

    private byte? OwnContext(CodeAssembly assembly, CustomAttributeHandleCollection attributes) =>
        Find(assembly, attributes, Context) is { } value ? Single(value) : null;

    private byte[]? Find(CodeAssembly assembly, CustomAttributeHandleCollection attributes, string name)
    {
        foreach (var handle in attributes)
        {
            var attribute = assembly.Metadata.GetCustomAttribute(handle);
            if (reachable.Code.DeclaringName(assembly, attribute.Constructor) == name)
                return assembly.Bytes(attribute.Value);
        }

        return null;
    }

    /// <summary>
    /// The argument of an attribute whose only argument is a byte: the value is between a prolog and a count of two bytes each.
    /// </summary>
    private static byte? Single(byte[] value) => value.Length == 5 ? value[2] : null;
}
