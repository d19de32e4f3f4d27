using System.Reflection.Metadata;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>Adds to a fingerprint what reflection sees of a type, except for its ordinary methods.</summary>
internal sealed class TypePrinter(ReachableCode reachable, AttributePrinter attributes)
{
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
            attributes.Print(type.Assembly, implementation.GetCustomAttributes());
        }

        AddGenericParameters(type.Assembly, type.Definition.GetGenericParameters());
        attributes.Print(type.Assembly, type.Definition.GetCustomAttributes());
        if (type.IsClosure)
            return;
        foreach (var handle in type.Definition.GetFields())
            Print(new CodeField(type, handle), hasName: true);
        foreach (var handle in type.Definition.GetProperties())
            Print(type.Assembly, metadata.GetPropertyDefinition(handle));
        foreach (var handle in type.Definition.GetEvents())
        {
            var definition = metadata.GetEventDefinition(handle);
            Hash.Add(metadata.GetString(definition.Name));
            AddType(type.Assembly, definition.Type);
            attributes.Print(type.Assembly, definition.GetCustomAttributes());
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
        AddSignature(field.Type.Assembly, definition.Signature, SignatureKind.Field);
        AddConstant(field.Type.Assembly, definition.GetDefaultValue());
        attributes.Print(field.Type.Assembly, definition.GetCustomAttributes());
        Hash.Add(field.Data(reachable.Code));
    }

    public void AddSignature(CodeAssembly assembly, BlobHandle blob, SignatureKind kind)
    {
        var signature = reachable.Code.Signature(assembly, blob, kind);
        Hash.Add(signature.Text);
        reachable.Mention(signature.Mentions);
    }

    public void AddConstant(CodeAssembly assembly, ConstantHandle handle)
    {
        if (handle.IsNil)
            return;
        var constant = assembly.Metadata.GetConstant(handle);
        Hash.Add((int)constant.TypeCode);
        Hash.Add(assembly.Bytes(constant.Value));
    }

    public void AddGenericParameters(CodeAssembly assembly, GenericParameterHandleCollection handles)
    {
        foreach (var handle in handles)
        {
            var parameter = assembly.Metadata.GetGenericParameter(handle);
            Hash.Add(assembly.Metadata.GetString(parameter.Name));
            Hash.Add((int)parameter.Attributes);
            attributes.Print(assembly, parameter.GetCustomAttributes());
            foreach (var constraint in parameter.GetConstraints().Select(assembly.Metadata.GetGenericParameterConstraint))
            {
                AddType(assembly, constraint.Type);
                attributes.Print(assembly, constraint.GetCustomAttributes());
            }
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

    private void Print(CodeAssembly assembly, PropertyDefinition property)
    {
        Hash.Add(assembly.Metadata.GetString(property.Name));
        Hash.Add((int)property.Attributes);
        AddSignature(assembly, property.Signature, SignatureKind.Property);
        AddConstant(assembly, property.GetDefaultValue());
        attributes.Print(assembly, property.GetCustomAttributes());
    }
}
