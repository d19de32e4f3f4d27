using MigrationsBuild.Tool.Calls;

namespace MigrationsBuild.Tool.Setup;

/// <summary>A call of <c>dotnet db init</c>.</summary>
/// <param name="Project">The project.</param>
internal sealed record InitCall(ProjectChoice Project)
{
    /// <summary>Whether git is set up as well.</summary>
    public bool Git { get; init; }

    /// <summary>The owners of approvals files, as in CODEOWNERS; <see langword="null"/> for those of all files.</summary>
    public string? Owners { get; init; }

    /// <summary>The pipeline that is written.</summary>
    public Pipeline? Pipeline { get; init; }
}
