using System.Collections;
using Microsoft.Build.Framework;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Drafting;

/// <summary>The source files that the project compiles, including files that were created during this build.</summary>
internal sealed class CompiledSources(ProjectDescription project, IBuildEngine engine)
{
    private const string Target = "_MigrationsBuildGetCompiled";

    /// <summary>The absolute paths of the files; <see langword="null"/> if the project can't be evaluated.</summary>
    /// <param name="draft">
    /// The id of the draft. MSBuild evaluates a project again only if it gets a global property with a new value.
    /// </param>
    public IReadOnlyCollection<string>? Read(string draft)
    {
        var outputs = new Hashtable();
        var properties = new Hashtable { ["_MigrationsBuildDraft"] = draft };
        var isBuilt = engine.BuildProjectFile(project.FilePath, [Target], properties, outputs);
        return isBuilt && outputs[Target] is ITaskItem[] { Length: > 0 } items
            ? new HashSet<string>(items.Select(item => item.GetMetadata("FullPath")), StringComparer.OrdinalIgnoreCase)
            : null;
    }
}
