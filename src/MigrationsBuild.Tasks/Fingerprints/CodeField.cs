using System.Reflection;
using System.Reflection.Metadata;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>A field of a type whose code is read.</summary>
internal sealed record CodeField(CodeType Type, FieldDefinitionHandle Handle)
{
    public FieldDefinition Definition => Type.Assembly.Metadata.GetFieldDefinition(Handle);

    public string Name => Type.Assembly.Metadata.GetString(Definition.Name);

    /// <summary>The data with which the image initializes the field: the elements of an array in source.</summary>
    /// <param name="code">Finds the type of the field, which has its size.</param>
    public byte[] Data(CodeBase code)
    {
        if ((Definition.Attributes & FieldAttributes.HasFieldRVA) == 0)
            return [];
        var data = Type.Assembly.Image.GetSectionData(Definition.GetRelativeVirtualAddress());
        return [.. data.GetContent(0, Math.Min(Size(code), data.Length))];
    }

    /// <summary>The declared size of the field's type; of a primitive type, eight bytes, which is never too little.</summary>
    private int Size(CodeBase code)
    {
        var signature = code.Signature(Type.Assembly, Definition.Signature, SignatureKind.Field);
        return signature.Mentions.Count > 0 ? signature.Mentions[0].Definition.GetLayout().Size
            : signature.Text is "Byte" or "SByte" or "Boolean" ? 1
            : signature.Text is "Int16" or "UInt16" or "Char" ? 2
            : signature.Text is "Int32" or "UInt32" or "Single" ? 4
            : 8;
    }
}
