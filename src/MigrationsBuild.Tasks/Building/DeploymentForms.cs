using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Tasks.Building;

/// <summary>What of the migrations a publish puts into its output.</summary>
[Flags]
public enum DeploymentForms
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A manifest and the SQL files.</summary>
    Files = 1,

    /// <summary>These, and the runner that applies them.</summary>
    Runner = Files | 2,

    /// <summary>One SQL script, where no <c>dotnet</c> is that could run the runner.</summary>
    Script = 4,
}

/// <summary>The forms as the setting <c>DbPublish</c> has them.</summary>
public static class DeploymentSetting
{
    private const string Cure = "It can be: files, runner, script, several of these with + between, or none.";

    /// <summary>Reads the setting.</summary>
    /// <param name="text">
    /// <c>files</c>, <c>runner</c>, <c>script</c>, or several with <c>;</c> or <c>+</c> between, which MSBuild's command line takes as it
    /// is; or <c>none</c>. Nothing means <c>files</c>.
    /// </param>
    /// <exception cref="MigrationsException">It is none of these, or says at once none and some.</exception>
    public static DeploymentForms Parse(string text)
    {
        var words = text.Split([';', '+'], StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim().ToLowerInvariant()).Where(word => word.Length > 0).ToList();
        if (words.Count > 1 && words.Contains("none"))
            throw new MigrationsException(DiagnosticCodes.InvalidSetting, $"DbPublish is {text}: none leaves no room for another. {Cure}");
        return words.Count == 0 ? DeploymentForms.Files : words.Select(word => ParseOne(word, text)).Aggregate((forms, form) => forms | form);
    }

    /// <summary>A publish with this setting, in the words of a finding; <see langword="null"/> if nothing is set or deployed.</summary>
    /// <param name="text">The setting: see <see cref="Parse"/>.</param>
    /// <exception cref="MigrationsException">See <see cref="Parse"/>.</exception>
    public static string? Describe(string text) =>
        text.Trim().Length == 0 || Parse(text) == DeploymentForms.None ? null : $"a publish with DbPublish={text.Trim()}";

    private static DeploymentForms ParseOne(string word, string text) => word switch
    {
        "files" => DeploymentForms.Files,
        "runner" => DeploymentForms.Runner,
        "script" => DeploymentForms.Script,
        "none" => DeploymentForms.None,
        _ => throw new MigrationsException(DiagnosticCodes.InvalidSetting, $"DbPublish is {text}. {Cure}"),
    };
}
