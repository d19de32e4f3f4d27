using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Projects;

/// <summary>
/// What was said in this one call, by <c>-p:</c>. An environment variable of such a name is a property too, but doesn't count:
/// a shell that happens to hold <c>DbTo=base</c> must not revert a database.
/// </summary>
/// <param name="engine">The build.</param>
internal sealed class CallProperties(IBuildEngine engine)
{
    private readonly IReadOnlyDictionary<string, string> _properties =
        (engine as IBuildEngine6)?.GetGlobalProperties() ?? new Dictionary<string, string>();

    /// <summary>The value, or the empty string.</summary>
    /// <param name="name">The property's name.</param>
    public string this[string name] => Find(name) ?? (name == Message ? Find(PrefixedMessage) : null) ?? "";

    /// <summary>The property of every call that is about one context.</summary>
    private const string Context = "DbContextName";

    private const string Message = "Msg";

    /// <summary>The same as <see cref="Message"/>, for those who want the prefix that all others have.</summary>
    private const string PrefixedMessage = "DbMessage";

    private static readonly string[] _names = [.. VerbTable.All.SelectMany(verb => verb.Properties).Distinct()];
    private static readonly string[] _flags = [.. VerbTable.All.SelectMany(verb => verb.Flags).Distinct()];

    /// <summary>The names of all properties that the call gives.</summary>
    public IEnumerable<string> Given => _properties.Keys;

    /// <summary>Refuses what a verb wouldn't heed: somebody expects it to.</summary>
    /// <param name="verb">The verb.</param>
    /// <exception cref="MigrationsException">The call has another one, or a flag that is neither <c>true</c> nor <c>false</c>.</exception>
    public void Check(Verb verb)
    {
        // `-p:DbDryRun=yes` must not migrate.
        if (_flags.FirstOrDefault(flag => this[flag].Length > 0 && !SettingForms.Boolean.TryParse(this[flag], out _)) is { } wrong)
        {
            throw new MigrationsException(
                DiagnosticCodes.InvalidSetting, $"{wrong} is {this[wrong]}. It must be {SettingForms.Boolean.Description}.");
        }

        if (_names.FirstOrDefault(name => this[name].Length > 0 && !verb.Properties.Contains(name)) is { } unknown)
        {
            var accepted = verb.Properties.Append(Context).Select(name => $"-p:{name}=…");
            throw new MigrationsException(
                DiagnosticCodes.InvalidSetting, $"{verb.Target} doesn't know {unknown}. It takes: {string.Join(", ", accepted)}");
        }
    }

    /// <summary>What the call gives a verb.</summary>
    /// <param name="verb">The verb.</param>
    public Arguments ArgumentsOf(Verb verb) =>
        verb.Properties.Distinct().Aggregate(Arguments.None, (arguments, name) => arguments.With(name, this[name]));

    /// <summary>Whether the value is <c>true</c>.</summary>
    /// <param name="name">The property's name.</param>
    public bool Is(string name) => string.Equals(this[name], "true", StringComparison.OrdinalIgnoreCase);

    private string? Find(string name) =>
        _properties.FirstOrDefault(property => string.Equals(property.Key, name, StringComparison.OrdinalIgnoreCase)).Value is { } value
            ? Unescape(value)
            : null;

    /// <summary>The engine gives them as MSBuild escapes them: <c>%XX</c> is the character of that code.</summary>
    private static string Unescape(string value) => Regex.Replace(
        value, "%([0-9a-fA-F]{2})", match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());
}
