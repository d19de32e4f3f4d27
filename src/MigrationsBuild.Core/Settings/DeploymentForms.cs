
namespace MigrationsBuild.Settings;

/// <summary>The forms in which a publish puts migrations into its output.</summary>
[Flags]
public enum DeploymentForms
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A manifest and the SQL files.</summary>
    Files = 1,

    /// <summary>The same, and the runner that applies them.</summary>
    Runner = Files | 2,

    /// <summary>An SQL script, for machines without <c>dotnet</c>.</summary>
    Script = 4,

    /// <summary>The files, and the objects that a database has after each migration. A database can be compared with them.</summary>
    Schema = Files | 8,
}

/// <summary>The setting <c>DbPublish</c>.</summary>
internal static class DeploymentSetting
{
    private static readonly SettingForm<DeploymentForms> _word = SettingForms.OneOf<DeploymentForms>(
        new("files", DeploymentForms.Files),
        new("runner", DeploymentForms.Runner),
        new("script", DeploymentForms.Script),
        new("schema", DeploymentForms.Schema),
        new("none", DeploymentForms.None));

    /// <summary>One or several of the words above, separated by <c>;</c> or <c>+</c>. <c>none</c> can't be combined.</summary>
    /// <remarks>On MSBuild's command line, <c>;</c> has to be escaped and <c>+</c> doesn't.</remarks>
    public static SettingForm<DeploymentForms> Form { get; } =
        new("files, runner, script, schema, several of these joined with +, or none", TryParse);

    private static bool TryParse(string text, out DeploymentForms forms)
    {
        forms = DeploymentForms.None;
        var words = text.Split(';', '+').Select(word => word.Trim()).Where(word => word.Length > 0).ToList();
        foreach (var word in words)
        {
            // "none" can't be combined.
            if (!_word.TryParse(word, out var form) || (form == DeploymentForms.None && words.Count > 1))
                return false;
            forms |= form;
        }

        return words.Count > 0;
    }
}
