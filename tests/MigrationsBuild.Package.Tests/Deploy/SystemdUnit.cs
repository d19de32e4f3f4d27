namespace MigrationsBuild.Package.Tests.Deploy;

/// <summary>A systemd unit's file.</summary>
/// <param name="text">Its text.</param>
internal sealed class SystemdUnit(string text)
{
    private readonly ILookup<string, string> _settings = text.Split('\n')
        .Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#'))
        .ToLookup(
            line => line[..line.IndexOf('=', StringComparison.Ordinal)], line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]);

    public string this[string setting] => _settings[setting].Single();

    /// <summary>The program and its arguments.</summary>
    public string[] Command => this["ExecStart"].Split(' ');

    /// <summary>The variables that the unit sets.</summary>
    /// <param name="credentials">The folder that <c>%d</c> stands for.</param>
    public Dictionary<string, string?> Environment(string credentials) => _settings["Environment"]
        .Select(setting => setting.Split('=', 2))
        .ToDictionary(parts => parts[0], parts => (string?)parts[1].Replace("%d", credentials, StringComparison.Ordinal));
}
