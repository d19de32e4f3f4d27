using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MigrationsBuild.Targets.Tests;

/// <summary>An assembly of EF Core's that can't be loaded here, because it wants a newer runtime: what its metadata says.</summary>
/// <param name="path">The assembly.</param>
internal sealed class DesignAssembly(string path) : IDisposable
{
    private readonly PEReader _file = new(File.OpenRead(path));

    private MetadataReader Metadata => field ??= _file.GetMetadataReader();

    /// <summary>Whether the assembly has a public type, or refers to one of that name in another assembly.</summary>
    /// <param name="type">Full name.</param>
    public bool Knows(string type) => Find(type) is not null || Metadata.TypeReferences.Select(Metadata.GetTypeReference)
        .Any(reference => $"{Metadata.GetString(reference.Namespace)}.{Metadata.GetString(reference.Name)}" == type);

    /// <summary>Of the public methods or constructors of a type the parameters' names, those with a default value in brackets.</summary>
    /// <param name="type">Full name.</param>
    /// <param name="method">The method; <c>.ctor</c>.</param>
    public IReadOnlyList<string[]> Signatures(string type, string method) => Find(type) is not { } found ? [] :
    [
        .. found.GetMethods().Select(Metadata.GetMethodDefinition)
            .Where(candidate => Metadata.GetString(candidate.Name) == method && candidate.Attributes.HasFlag(MethodAttributes.Public))
            .Select(candidate => candidate.GetParameters().Select(Metadata.GetParameter))
            .Select(parameters => parameters.Where(parameter => parameter.SequenceNumber > 0).Select(NameOf).ToArray()),
    ];

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private TypeDefinition? Find(string type)
    {
        foreach (var definition in Metadata.TypeDefinitions.Select(Metadata.GetTypeDefinition))
        {
            if ($"{Metadata.GetString(definition.Namespace)}.{Metadata.GetString(definition.Name)}" == type)
                return definition;
        }

        return null;
    }

    private string NameOf(Parameter parameter) =>
        parameter.Attributes.HasFlag(ParameterAttributes.HasDefault)
            ? $"[{Metadata.GetString(parameter.Name)}]"
            : Metadata.GetString(parameter.Name);
}
