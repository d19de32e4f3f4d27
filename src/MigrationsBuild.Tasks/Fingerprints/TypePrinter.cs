using System.Reflection;
using System.Reflection.Metadata;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>Adds to a fingerprint what reflection sees of a type, except for its ordinary methods.</summary>
internal sealed class TypePrinter(ReachableCode reachable, AttributePrinter attributes)
{
    private readonly NullabilityPrinter _nullability = new(reachable);

    private PrintHash Hash => reachable.Print;

    public void Print(CodeType type)
    {
        var metadata = type.Assembly.Metadata;
        Hash.Add(type.Assembly.Name);
        Hash.Add(reachable.Code.NameOf(type));
        Hash.Add((int)type.Definition.Attributes);
        var layout = type.Definition.GetLayout();
        Hash.Add(layout.Size);
        Hash.Add(layout.PackingSize);
        if (!type.Definition.BaseType.IsNil)
            AddType(type.Assembly, type.Definition.BaseType);
        foreach (var handle in type.Definition.GetInterfaceImplementations())
        {
            var implementation = metadata.GetInterfaceImplementation(handle);
            AddType(type.Assembly, implementation.Interface);
            AddAttributes(type, implementation.GetCustomAttributes(), implementation.Interface.Kind == HandleKind.TypeSpecification);
        }

        AddGenericParameters(type, type.Definition.GetGenericParameters());
        _nullability.PrintReference(type, type.Definition.GetCustomAttributes());
        attributes.Print(type.Assembly, type.Definition.GetCustomAttributes());
        if (type.IsClosure)
            return;
        foreach (var handle in type.Definition.GetFields())
            Print(new CodeField(type, handle), hasName: true);
        foreach (var handle in type.Definition.GetProperties())
            Print(type, metadata.GetPropertyDefinition(handle));
        foreach (var handle in type.Definition.GetEvents())
        {
            var definition = metadata.GetEventDefinition(handle);
            Hash.Add(metadata.GetString(definition.Name));
            AddType(type.Assembly, definition.Type);
            AddAttributes(type, definition.GetCustomAttributes(), canBeNull: true);
        }
    }

    /// <summary>Adds a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="hasName">Whether the name counts. That of a field of a closure is generated.</param>
    public void Print(CodeField field, bool hasName)
    {
        var definition = field.Definition;
        if (hasName)
            Hash.Add(field.Name);
        Hash.Add((int)definition.Attributes);
        Hash.Add(definition.GetOffset());
        var signature = AddSignature(field.Type.Assembly, definition.Signature, SignatureKind.Field);
        _nullability.Print(field.Type, definition.GetCustomAttributes(), signature);
        AddConstant(field.Type.Assembly, definition.GetDefaultValue());
        attributes.Print(field.Type.Assembly, definition.GetCustomAttributes());
        Hash.Add(field.Data(reachable.Code));
    }

    /// <summary>Adds the head of a method.</summary>
    public void Print(CodeMethod method)
    {
        var (assembly, metadata) = (method.Type.Assembly, method.Type.Assembly.Metadata);
        Hash.Add(reachable.Code.NameOf(method.Type));
        Hash.Add(reachable.Code.NameOf(method));
        Hash.Add((int)method.Definition.Attributes);
        Hash.Add((int)method.Definition.ImplAttributes);
        var signature = AddSignature(assembly, method.Definition.Signature, SignatureKind.Method);
        _nullability.PrintContext(method, signature);
        AddGenericParameters(method.Type, method.Definition.GetGenericParameters());
        attributes.Print(assembly, method.Definition.GetCustomAttributes());
        foreach (var parameter in method.Definition.GetParameters().Select(metadata.GetParameter))
        {
            Hash.Add(metadata.GetString(parameter.Name));
            Hash.Add((int)parameter.Attributes);
            AddConstant(assembly, parameter.GetDefaultValue());
            _nullability.PrintOwn(assembly, parameter.GetCustomAttributes());
            attributes.Print(assembly, parameter.GetCustomAttributes());
        }

        // The runtime gives it the code of another method: with UnsafeAccessor of the one with this name, if the attribute has none.
        if (method.Definition.RelativeVirtualAddress == 0 && (method.Definition.Attributes & MethodAttributes.Static) != 0)
            reachable.FollowName(method.Name);
        var import = method.Definition.GetImport();
        if (!import.Module.IsNil)
        {
            Hash.Add(metadata.GetString(metadata.GetModuleReference(import.Module).Name));
            Hash.Add(metadata.GetString(import.Name));
        }
    }

    public void AddType(CodeAssembly assembly, EntityHandle handle)
    {
        if (handle.IsNil)
            return;
        var type = reachable.Read(assembly, handle);
        Hash.Add(type.Hash);
        reachable.Follow(type, null);
    }

    private SignatureText AddSignature(CodeAssembly assembly, BlobHandle blob, SignatureKind kind)
    {
        var signature = reachable.Code.Signature(assembly, blob, kind);
        Hash.Add(signature.Hash);
        reachable.Mention(signature.Mentions);
        return signature;
    }

    private void AddConstant(CodeAssembly assembly, ConstantHandle handle)
    {
        if (handle.IsNil)
            return;
        var constant = assembly.Metadata.GetConstant(handle);
        Hash.Add((int)constant.TypeCode);
        Hash.Add(assembly.Bytes(constant.Value));
    }

    private void AddGenericParameters(CodeType type, GenericParameterHandleCollection handles)
    {
        foreach (var handle in handles)
        {
            var parameter = type.Assembly.Metadata.GetGenericParameter(handle);
            Hash.Add(type.Assembly.Metadata.GetString(parameter.Name));
            Hash.Add((int)parameter.Attributes);
            AddAttributes(type, parameter.GetCustomAttributes(), canBeNull: true);
            foreach (var constraint in parameter.GetConstraints().Select(type.Assembly.Metadata.GetGenericParameterConstraint))
            {
                AddType(type.Assembly, constraint.Type);
                AddAttributes(type, constraint.GetCustomAttributes(), canBeNull: true);
            }
        }
    }

    /// <summary>Adds the attributes of a reference to a type.</summary>
    private void AddAttributes(CodeType type, CustomAttributeHandleCollection handles, bool canBeNull)
    {
        if (canBeNull)
            _nullability.PrintReference(type, handles);
        attributes.Print(type.Assembly, handles);
    }

    private void Print(CodeType type, PropertyDefinition property)
    {
        var assembly = type.Assembly;
        Hash.Add(assembly.Metadata.GetString(property.Name));
        Hash.Add((int)property.Attributes);
        var signature = AddSignature(assembly, property.Signature, SignatureKind.Property);
        _nullability.Print(type, property.GetCustomAttributes(), signature);
        AddConstant(assembly, property.GetDefaultValue());
        attributes.Print(assembly, property.GetCustomAttributes());
    }
}
