namespace MigrationsBuild.Vocabulary;

/// <summary>The exit codes of <c>dotnet db</c> and of the runner.</summary>
public static class ExitCodes
{
    /// <summary>The command succeeded, or there was nothing to do.</summary>
    public const int Done = 0;

    /// <summary>The command failed. In the case of the runner, a retry may succeed, so a Kubernetes Job starts it again.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong, or the project that it names: <see cref="Diagnostics.DiagnosticCode.IsUsage"/>.</summary>
    public const int Usage = 2;

    /// <summary>
    /// There is model drift, SQL that isn't approved, or a difference between databases: <see cref="Diagnostics.DiagnosticCode.IsDrift"/>.
    /// </summary>
    public const int Drift = 3;

    /// <summary>The runner failed, and would fail again until something is changed.</summary>
    public const int Final = 4;

    /// <summary>The merge driver of git has written a file with conflicts. <c>dotnet</c> itself never ends with this code.</summary>
    public const int Conflict = 5;
}
