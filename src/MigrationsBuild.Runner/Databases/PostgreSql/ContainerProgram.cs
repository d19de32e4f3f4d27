namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>The program that starts containers.</summary>
/// <param name="Path">Its path, or its name on the <c>PATH</c>.</param>
/// <param name="StartLimit">How long a server may take until it accepts connections.</param>
/// <param name="EndLimit">How long a container may take to end, and then to be removed.</param>
internal sealed record ContainerProgram(string Path, TimeSpan StartLimit, TimeSpan EndLimit)
{
    /// <summary>Docker, or a program that takes its place.</summary>
    public static ContainerProgram Docker { get; } = new("docker", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(20));
}
