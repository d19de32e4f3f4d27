using System.Collections;
using Microsoft.Build.Framework;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Drafting;

/// <summary>The source files that the project compiles, as its items say now: a pattern finds files that were not there before.</summary>
/// <param name="project">The project.</param>
/// <param name="engine">The build.</param>
internal sealed class CompiledSources(ProjectDescription project, IBuildEngine engine)
{
    private const string Target = "_MigrationsBuildTellCompiled";

    /// <summary>Their absolute paths; <see langword="null"/> if the project doesn't say.</summary>
    /// <param name="draft">Id of the draft that was written. The build evaluates the project again only for a property that is new.</param>
    public IReadOnlyCollection<string>? Read(string draft)
    {
        var outputs = new Hashtable();
        var properties = new Hashtable { ["_MigrationsBuildDraft"] = draft };
        return engine.BuildProjectFile(project.FilePath, [Target], properties, outputs) && outputs[Target] is ITaskItem[] { Length: > 0 } items
            ? new HashSet<string>(items.Select(item => item.GetMetadata("FullPath")), StringComparer.OrdinalIgnoreCase)
            : null;
    }
}
