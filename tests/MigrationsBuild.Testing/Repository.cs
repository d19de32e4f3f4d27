using System.Reflection;

namespace MigrationsBuild.Testing;

/// <summary>This repository, and what its build has made.</summary>
public static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = Metadata("RepositoryRoot");

    /// <summary>The configuration that the tests were built in.</summary>
    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>The assembly that a project of ours builds.</summary>
    /// <param name="project">Its name: <c>MigrationsBuild.Worker</c>.</param>
    /// <param name="framework">Its target framework.</param>
    public static string Assembly(string project, string framework) =>
        Path.Combine(Root, "src", project, "bin", Configuration, framework, project + ".dll");

    /// <summary>The runner's assembly.</summary>
    public static string Runner => Assembly("MigrationsBuild.Runner", "net8.0");

    private static string Metadata(string key) => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
