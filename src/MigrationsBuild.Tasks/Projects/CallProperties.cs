using Microsoft.Build.Framework;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.Projects;

/// <summary>
/// The properties that this call sets with <c>-p:</c>. An environment variable is a property as well, but it doesn't count here:
/// a shell in which <c>DbTo=base</c> happens to be set must not revert a database.
/// </summary>
internal sealed class CallProperties(IBuildEngine engine)
{
    /// <summary>The property that selects the context. Every verb accepts it.</summary>
    private const string Context = "DbContextName";

    private const string Message = "Msg";

    /// <summary>An alias of <see cref="Message"/> with the prefix of the other properties.</summary>
    private const string PrefixedMessage = "DbMessage";

    private static readonly string[] _names = [.. VerbTable.All.SelectMany(verb => verb.Properties).Distinct()];
    private static readonly string[] _flags = [.. VerbTable.All.SelectMany(verb => verb.Flags).Distinct()];

    private readonly IReadOnlyDictionary<string, string> _properties =
        (engine as IBuildEngine6)?.GetGlobalProperties() ?? new Dictionary<string, string>();

    /// <summary>The value of a property, or the empty string.</summary>
    public string this[string name] => Find(name) ?? (name == Message ? Find(PrefixedMessage) : null) ?? "";

    /// <summary>The names of all properties that the call sets.</summary>
    public IEnumerable<string> Given => _properties.Keys;

    /// <summary>Rejects properties that the verb would ignore.</summary>
    /// <exception cref="MigrationsException">
    /// The call sets a property of another verb, or a flag to something other than <c>true</c> or <c>false</c>.
    /// </exception>
    public void Check(Verb verb)
    {
        // `-p:DbDryRun=yes` must not migrate.
        foreach (var flag in _flags)
            IsTrue(flag);

        if (_names.FirstOrDefault(name => this[name].Length > 0 && !verb.Properties.Contains(name)) is { } unknown)
        {
            var accepted = verb.Properties.Append(Context).Select(name => $"-p:{name}=…");
            throw new MigrationsException(
                DiagnosticCodes.InvalidSetting, $"{verb.Target} has no property {unknown}. It accepts: {string.Join(", ", accepted)}");
        }
    }

    /// <summary>The arguments that the call gives a verb.</summary>
    public Arguments ArgumentsOf(Verb verb) =>
        verb.Properties.Distinct().Aggregate(Arguments.None, (arguments, name) => arguments.With(name, this[name]));

    /// <summary>Whether the value of a flag is <c>true</c>.</summary>
    /// <exception cref="MigrationsException">It is set to something other than <c>true</c> or <c>false</c>.</exception>
    public bool IsTrue(string flag) => this[flag].Length > 0 && (SettingForms.Boolean.TryParse(this[flag], out var isTrue)
        ? isTrue
        : throw new MigrationsException(
            DiagnosticCodes.InvalidSetting, $"{flag} is {this[flag]}. It must be {SettingForms.Boolean.Description}."));

    /// <summary>Whether the value of a property is <c>true</c>.</summary>
    public bool Is(string name) => string.Equals(this[name], "true", StringComparison.OrdinalIgnoreCase);

    private string? Find(string name) =>
        Given.FirstOrDefault(property => string.Equals(property, name, StringComparison.OrdinalIgnoreCase)) is { } property
            ? PropertyText.Unescape(_properties[property])
            : null;
}
