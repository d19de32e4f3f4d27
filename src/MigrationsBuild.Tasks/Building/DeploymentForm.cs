using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Tasks.Building;

/// <summary>What of the migrations a publish puts into its output.</summary>
public enum DeploymentForm
{
    /// <summary>A manifest and the SQL files.</summary>
    Files,

    /// <summary>These, and the runner that applies them.</summary>
    Runner,

    /// <summary>One SQL script, where no <c>dotnet</c> is that could run the runner.</summary>
    Script,

    /// <summary>Nothing.</summary>
    None,
}

/// <summary>The form as the setting <c>DbPublish</c> has it.</summary>
public static class DeploymentForms
{
    /// <summary>Reads the setting.</summary>
    /// <param name="text"><c>files</c>, <c>runner</c>, <c>script</c> or <c>none</c>.</param>
    /// <exception cref="MigrationsException">It is none of these.</exception>
    public static DeploymentForm Parse(string text) => text.Trim().ToLowerInvariant() switch
    {
        "" or "files" => DeploymentForm.Files,
        "runner" => DeploymentForm.Runner,
        "script" => DeploymentForm.Script,
        "none" => DeploymentForm.None,
        _ => throw new MigrationsException(DiagnosticCodes.InvalidSetting, $"DbPublish is {text}. It can be: files, runner, script, none."),
    };
}
