using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>Finds out what the tokens in the code of an assembly mean.</summary>
internal sealed class ReferenceReader(CodeBase code)
{
    private readonly Dictionary<CodeField, int> _fields = [];

    public CodeReference Read(CodeAssembly assembly, EntityHandle handle)
    {
        var token = MetadataTokens.GetToken(handle);
        if (!assembly.References.TryGetValue(token, out var reference))
            assembly.References[token] = reference = ReadNew(assembly, handle);
        return reference;
    }

    private CodeReference ReadNew(CodeAssembly assembly, EntityHandle handle)
    {
        var metadata = assembly.Metadata;
        switch (handle.Kind)
        {
            case HandleKind.MethodDefinition:
                return OfMethods([assembly.Method((MethodDefinitionHandle)handle)]);
            case HandleKind.FieldDefinition:
                var definition = metadata.GetFieldDefinition((FieldDefinitionHandle)handle);
                return OfField(new CodeField(assembly[definition.GetDeclaringType()], (FieldDefinitionHandle)handle));
            case HandleKind.MemberReference:
                return OfMember(assembly, metadata.GetMemberReference((MemberReferenceHandle)handle));
            case HandleKind.MethodSpecification:
                return OfGenericMethod(assembly, metadata.GetMethodSpecification((MethodSpecificationHandle)handle));
            case HandleKind.StandaloneSignature:
                var call = metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle).Signature;
                var signature = code.Signature(assembly, call, SignatureKind.Method);
                return new CodeReference(signature.Text) { Mentions = signature.Mentions };
            default:
                var type = TypeOf(assembly, handle);
                return new CodeReference(type.Text) { Mentions = type.Mentions };
        }
    }

    private SignatureText TypeOf(CodeAssembly assembly, EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeSpecification)
        {
            var blob = assembly.Metadata.GetTypeSpecification((TypeSpecificationHandle)handle).Signature;
            return code.Signature(assembly, blob, SignatureKind.Type);
        }

        return code.Resolve(assembly, handle) is { } type
            ? new SignatureText(code.NameOf(type), [], [type])
            : new SignatureText(code.ExternalOf(assembly, handle)?.ToString() ?? handle.Kind.ToString(), [], []);
    }

    private CodeReference OfGenericMethod(CodeAssembly assembly, MethodSpecification generic)
    {
        var method = Read(assembly, generic.Method);
        var arguments = code.Signature(assembly, generic.Signature, SignatureKind.Arguments);
        return new CodeReference($"{method.Text}<{arguments.Text}>")
        {
            Mentions = [.. method.Mentions, .. arguments.Mentions],
            Methods = method.Methods,
            External = method.External,
            Arguments = arguments.Mentions,
        };
    }

    private CodeReference OfMethods(IReadOnlyList<CodeMethod> methods, SignatureText? parent = null)
    {
        var method = methods[0];
        var signature = code.Signature(method.Type.Assembly, method.Definition.Signature, SignatureKind.Method);
        return new CodeReference($"{parent?.Text ?? code.NameOf(method.Type)}::{code.NameOf(method)} {signature.Text}")
        {
            Mentions = [.. parent?.Mentions ?? [], method.Type, .. signature.Mentions],
            Methods = methods,
        };
    }

    private CodeReference OfField(CodeField field, SignatureText? parent = null)
    {
        var isNumbered = field.Type.IsClosure && GeneratedName.Is(field.Name);
        if (isNumbered && !_fields.ContainsKey(field))
            _fields[field] = _fields.Count;
        var signature = code.Signature(field.Type.Assembly, field.Definition.Signature, SignatureKind.Field);
        var name = isNumbered ? "#" + _fields[field] : field.Name;
        return new CodeReference($"{parent?.Text ?? code.NameOf(field.Type)}::{name} {signature.Text}")
        {
            Mentions = [.. parent?.Mentions ?? [], field.Type, .. signature.Mentions],
            Field = field.Type.IsClosure ? field : null,
        };
    }

    private CodeReference OfMember(CodeAssembly assembly, MemberReference member)
    {
        var name = assembly.Metadata.GetString(member.Name);
        if (member.Parent.Kind == HandleKind.MethodDefinition)
            return OfMethods([assembly.Method((MethodDefinitionHandle)member.Parent)]);
        var parent = TypeOf(assembly, member.Parent);
        var isField = member.GetKind() == MemberReferenceKind.Field;
        var signature = code.Signature(assembly, member.Signature, isField ? SignatureKind.Field : SignatureKind.Method);
        if (code.Resolve(assembly, member.Parent) is { } type)
        {
            if (isField && Field(type, name) is { } field)
                return OfField(field, parent);
            if (!isField && Methods(type, name, signature.Text) is { Count: > 0 } methods)
                return OfMethods(methods, parent);
        }

        return new CodeReference($"{parent.Text}::{name} {signature.Text}")
        {
            Mentions = [.. parent.Mentions, .. signature.Mentions],
            External = code.ExternalOf(assembly, member.Parent) is { } external
                ? new ExternalMember(external, name, signature.Parts)
                : null,
        };
    }

    private static CodeField? Field(CodeType type, string name) => type.Lineage
        .SelectMany(owner => owner.Definition.GetFields().Select(handle => new CodeField(owner, handle)))
        .FirstOrDefault(field => field.Name == name);

    /// <summary>The methods of that name and signature; if there is none, those of that name.</summary>
    private List<CodeMethod> Methods(CodeType type, string name, string signature)
    {
        var named = type.Lineage.SelectMany(owner => owner.Methods).Where(method => method.Name == name).ToList();
        var exact = named.FindAll(method => SignatureOf(method) == signature);
        return exact.Count > 0 ? exact : named;
    }

    private string SignatureOf(CodeMethod method) =>
        code.Signature(method.Type.Assembly, method.Definition.Signature, SignatureKind.Method).Text;
}
