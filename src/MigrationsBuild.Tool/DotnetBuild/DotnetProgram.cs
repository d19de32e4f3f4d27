namespace MigrationsBuild.Tool.DotnetBuild;

/// <summary>The program <c>dotnet</c>.</summary>
internal static class DotnetProgram
{
    /// <summary>The program that runs the tool, or its name.</summary>
    public static string Path
    {
        get
        {
            if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host)
                return host;
            return System.IO.Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        }
    }
}
