namespace MigrationsBuild.Protocol;

/// <summary>A project that may hold contexts or migrations: the one that is built, or one that it references.</summary>
/// <param name="AssemblyName">Its assembly's name.</param>
/// <param name="Folder">Its folder, absolute.</param>
public sealed record MigrationsProject(string AssemblyName, string Folder)
{
    /// <summary>Its <c>RootNamespace</c>.</summary>
    public string RootNamespace { get; init; } = "";

    /// <summary>Its language's name as MSBuild has it.</summary>
    public string Language { get; init; } = "C#";

    /// <summary>Folder of new migrations, relative to the project's; empty for <c>Migrations</c>.</summary>
    public string MigrationsFolder { get; init; } = "";

    /// <summary>The namespace of new migrations, if it isn't to follow from <see cref="RootNamespace"/> and folder.</summary>
    public string MigrationsNamespace { get; init; } = "";

    /// <summary>Whether another project's build looks after its migrations.</summary>
    public bool IsCheckedElsewhere { get; init; }
}
