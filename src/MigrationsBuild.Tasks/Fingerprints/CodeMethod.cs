using System.Reflection;
using System.Reflection.Metadata;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>A method whose code is read.</summary>
internal sealed class CodeMethod
{
    public CodeMethod(CodeType type, MethodDefinitionHandle handle)
    {
        (Type, Handle) = (type, handle);
        Definition = type.Assembly.Metadata.GetMethodDefinition(handle);
        Name = type.Assembly.Metadata.GetString(Definition.Name);
        SimpleName = Name[0] is '.' or '<' ? Name : Name.Substring(Name.LastIndexOf('.') + 1);
        var signature = type.Assembly.Metadata.GetBlobReader(Definition.Signature);
        if (signature.ReadSignatureHeader().IsGeneric)
            signature.ReadCompressedInteger();
        Slot = new MethodSlot(SimpleName, signature.ReadCompressedInteger());
        IsGenerated = GeneratedName.Is(SimpleName) && SimpleName is not ("<Main>$" or "<Clone>$");
    }

    public CodeType Type { get; }

    public MethodDefinitionHandle Handle { get; }

    public MethodDefinition Definition { get; }

    public string Name { get; }

    /// <summary>The name without the interface that it implements explicitly.</summary>
    public string SimpleName { get; }

    /// <summary>Whether the compiler has made up the name: see <see cref="CodeType.IsGenerated"/>.</summary>
    public bool IsGenerated { get; }

    /// <summary>The number of the method in the order in which they were met; 0 if it wasn't met.</summary>
    public int Number { get; set; }

    public bool IsReached { get; set; }

    public bool IsVirtual => (Definition.Attributes & MethodAttributes.Virtual) != 0;

    /// <summary>Whether the method overrides one of a base type.</summary>
    public bool IsOverride => (Definition.Attributes & (MethodAttributes.Virtual | MethodAttributes.NewSlot)) == MethodAttributes.Virtual;

    public MethodSlot Slot { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Type}::{Name}";
}
