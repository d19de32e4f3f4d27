using System.Reflection.Metadata;

namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>
/// Adds embedded resources. Migrations may execute scripts, whose content is part of the hash of their source. Compiled .resx files are
/// texts for people, and count only if code reads resources.
/// </summary>
internal sealed class ResourcePrinter(ReachableCode reachable)
{
    public void Print()
    {
        foreach (var assembly in reachable.Code.Assemblies)
        {
            foreach (var handle in assembly.Metadata.ManifestResources)
                Print(assembly, assembly.Metadata.GetManifestResource(handle));
        }
    }

    private void Print(CodeAssembly assembly, ManifestResource resource)
    {
        var name = assembly.Metadata.GetString(resource.Name);
        if (!resource.Implementation.IsNil || (name.EndsWith(".resources", StringComparison.Ordinal) && !reachable.ReadsResources))
            return;
        var directory = assembly.Image.PEHeaders.CorHeader!.ResourcesDirectory;
        var section = assembly.Image.GetSectionData(directory.RelativeVirtualAddress);
        var length = section.GetReader((int)resource.Offset, sizeof(int)).ReadInt32();
        reachable.Print.Add(name);
        reachable.Print.Add(section.GetReader((int)resource.Offset + sizeof(int), length).ReadBytes(length));
    }
}
