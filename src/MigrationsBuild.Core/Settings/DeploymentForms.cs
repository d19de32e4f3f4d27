namespace MigrationsBuild.Settings;

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

    /// <summary>One SQL script, for machines without a <c>dotnet</c> that could run the runner.</summary>
    Script = 4,
}

/// <summary>The forms as the setting <c>DbPublish</c> has them.</summary>
public static class DeploymentSetting
{
    private static readonly SettingForm<DeploymentForms> _word = SettingForms.OneOf(
        ("files", DeploymentForms.Files),
        ("runner", DeploymentForms.Runner),
        ("script", DeploymentForms.Script),
        ("none", DeploymentForms.None));

    /// <summary><c>files</c>, <c>runner</c>, <c>script</c>, several of them with <c>;</c> or <c>+</c> between, or <c>none</c>.</summary>
    /// <remarks>MSBuild's command line takes a <c>+</c> as it is.</remarks>
    public static SettingForm<DeploymentForms> Form { get; } =
        new("files, runner, script, several of these joined with +, or none", TryParse);

    private static bool TryParse(string text, out DeploymentForms forms)
    {
        forms = DeploymentForms.None;
        var words = text.Split(';', '+').Select(word => word.Trim()).Where(word => word.Length > 0).ToList();
        foreach (var word in words)
        {
            // "none" leaves no room for another.
            if (!_word.TryParse(word, out var form) || (form == DeploymentForms.None && words.Count > 1))
                return false;
            forms |= form;
        }

        return words.Count > 0;
    }
}
