using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>Writes the signatures of an assembly as texts, and collects the types that they mention.</summary>
internal sealed class SignatureWriter(CodeBase code, CodeAssembly assembly) : ISignatureTypeProvider<string, object?>
{
    private List<CodeType> _mentions = [];
    private bool _hasReferences;
    private bool _isLocals;

    /// <summary>The text of a signature.</summary>
    public SignatureText Write(BlobHandle blob, SignatureKind kind)
    {
        var texts = assembly.Signatures[(int)kind];
        var position = MetadataTokens.GetHeapOffset(blob);
        if (texts.TryGetValue(position, out var known))
            return known;
        _mentions = [];
        _hasReferences = false;

        // A local of a generated type is named by what the code does with it.
        _isLocals = kind == SignatureKind.Locals;
        var (text, parts) = Decode(blob, kind);
        return texts[position] = new SignatureText(text, parts, _mentions)
        {
            HasReferences = _hasReferences,
        };
    }

    private (string Text, IReadOnlyList<string> Parts) Decode(BlobHandle blob, SignatureKind kind)
    {
        var decoder = new SignatureDecoder<string, object?>(this, assembly.Metadata, null);
        var reader = assembly.Metadata.GetBlobReader(blob);
        switch (kind)
        {
            case SignatureKind.Method:
            case SignatureKind.Property:
                var method = decoder.DecodeMethodSignature(ref reader);
                return (TextOf(method), method.ParameterTypes);
            case SignatureKind.Field:
                return (decoder.DecodeFieldSignature(ref reader), []);
            case SignatureKind.Locals:
                var locals = decoder.DecodeLocalSignature(ref reader);
                return (string.Join(",", locals), locals);
            case SignatureKind.Arguments:
                var arguments = decoder.DecodeMethodSpecificationSignature(ref reader);
                return (string.Join(",", arguments), arguments);
            default:
                return (decoder.DecodeType(ref reader), []);
        }
    }

    private static string TextOf(MethodSignature<string> signature) =>
        $"{signature.Header.RawValue}`{signature.GenericParameterCount} {signature.ReturnType}"
        + $"({signature.RequiredParameterCount}:{string.Join(",", signature.ParameterTypes)})";

    private string Named(EntityHandle handle, byte rawTypeKind)
    {
        _hasReferences |= rawTypeKind == (byte)SignatureTypeKind.Class;
        if (code.Resolve(assembly, handle) is not { } type)
            return handle.Kind == HandleKind.TypeReference ? code.ExternalOf(assembly, handle)!.ToString() : handle.Kind.ToString();
        _mentions.Add(type);
        return _isLocals && type.IsGenerated ? "#" : code.NameOf(type);
    }

    private string Reference(string text)
    {
        _hasReferences = true;
        return text;
    }

    string ISimpleTypeProvider<string>.GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        Named(handle, rawTypeKind);

    string ISimpleTypeProvider<string>.GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        Named(handle, rawTypeKind);

    string ISignatureTypeProvider<string, object?>.GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    string ISZArrayTypeProvider<string>.GetSZArrayType(string elementType) => Reference(elementType + "[]");

    string IConstructedTypeProvider<string>.GetArrayType(string elementType, ArrayShape shape) =>
        Reference($"{elementType}[{shape.Rank}:{string.Join(",", shape.Sizes)}:{string.Join(",", shape.LowerBounds)}]");

    string IConstructedTypeProvider<string>.GetByReferenceType(string elementType) => elementType + "&";

    string IConstructedTypeProvider<string>.GetPointerType(string elementType) => elementType + "*";

    string IConstructedTypeProvider<string>.GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        $"{genericType}<{string.Join(",", typeArguments)}>";

    string ISignatureTypeProvider<string, object?>.GetPinnedType(string elementType) => elementType + " pinned";

    string ISimpleTypeProvider<string>.GetPrimitiveType(PrimitiveTypeCode typeCode) =>
        typeCode is PrimitiveTypeCode.String or PrimitiveTypeCode.Object ? Reference(typeCode.ToString()) : typeCode.ToString();

    string ISignatureTypeProvider<string, object?>.GetGenericMethodParameter(object? genericContext, int index) => Reference("!!" + index);

    string ISignatureTypeProvider<string, object?>.GetGenericTypeParameter(object? genericContext, int index) => Reference("!" + index);

    string ISignatureTypeProvider<string, object?>.GetModifiedType(string modifier, string unmodifiedType, bool isRequired) =>
        $"{unmodifiedType} {(isRequired ? "modreq" : "modopt")}({modifier})";

    string ISignatureTypeProvider<string, object?>.GetFunctionPointerType(MethodSignature<string> signature) => "fn " + TextOf(signature);
}
