using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Settings;
using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.Commands;

/// <summary>Converts a parsed command line to a call.</summary>
internal sealed partial class CommandLineReader(Grammar grammar)
{
    /// <exception cref="MigrationsException">The command line is invalid. The message suggests a valid one.</exception>
    public VerbCall Read(ParsedCommandLine line)
    {
        var parsed = line.Parsed;
        UsageErrors.Check(grammar, parsed);
        var verb = grammar.VerbOf(parsed.CommandResult.Command)!;
        var values = parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(result => result.Tokens)
            .Select(token => token.Value)
            .ToList();
        UsageErrors.CheckArguments(verb, parsed, values);
        var given = verb.Options.Where(option => IsSet(parsed, option)).ToList();
        UsageErrors.CheckOptions(verb, given, values);
        var (target, properties) = IsSet(parsed, VerbTable.Offline)
            ? ScriptInstead(verb, values)
            : (verb, Properties(verb, parsed, values));
        return new VerbCall(target, [.. properties, .. GlobalProperties(target, parsed), .. Arguments(line)])
        {
            Project = parsed.GetValue(GlobalOptions.Project),
            Configuration = parsed.GetValue(GlobalOptions.Configuration),
            NoBuild = parsed.GetValue(GlobalOptions.NoBuild),
            NoRestore = parsed.GetValue(GlobalOptions.NoRestore),
            Json = parsed.GetValue(GlobalOptions.Json),
            Quiet = parsed.GetValue(GlobalOptions.Quiet),
            Verbose = parsed.GetValue(GlobalOptions.Verbose),
        };
    }

    private static List<KeyValuePair<string, string>> Properties(Verb verb, ParseResult parsed, List<string> values)
    {
        var properties = new List<KeyValuePair<string, string>>();
        if (verb.Argument is { } argument && values.Count > 0)
            properties.Add(new(argument.Property, string.Join(",", values)));
        foreach (var option in verb.Options.Where(option => option.Property.Length > 0 && IsSet(parsed, option)))
            properties.Add(new(option.Property, option.Value is null ? "true" : ValueOf(parsed, option)));
        return properties;
    }

    private static IEnumerable<KeyValuePair<string, string>> GlobalProperties(Verb verb, ParseResult parsed)
    {
        if (parsed.GetValue(GlobalOptions.Context) is { } context)
            yield return new("DbContextName", context);
        if (parsed.GetValue(GlobalOptions.StartupProject) is { } startup)
        {
            var project = ProjectChoice.Find(startup, takesSolution: false, verb.Name, GlobalOptions.StartupProject.Name);
            yield return new("DbStartupProject", project.Path);
        }

        if (parsed.GetValue(GlobalOptions.Framework) is { } framework)
            yield return new("DbTargetFramework", framework);
        var isLong = parsed.GetValue(GlobalOptions.Verbose) || verb.IsVerboseAsJson && parsed.GetValue(GlobalOptions.Json);
        if (verb.VerboseProperty is { } verbose && isLong)
            yield return new(verbose, "true");
        foreach (var pair in parsed.GetValue(GlobalOptions.Property) ?? [])
        {
            if (PropertyPair().Match(pair) is not { Success: true } match)
            {
                throw new MigrationsException(
                    DiagnosticCodes.Usage,
                    $"--property needs a name and a value, and '{pair}' is neither. Write: --property Name=Value");
            }

            yield return new(match.Groups["name"].Value, match.Groups["value"].Value);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Arguments(ParsedCommandLine line)
    {
        if (line.ApplicationArguments.Count > 0)
            yield return new("DbArguments", ArgumentsSetting.Join(line.ApplicationArguments));
    }

    /// <summary>The script verb for Alembic's <c>upgrade a:b --sql</c>.</summary>
    private static (Verb Verb, List<KeyValuePair<string, string>> Properties) ScriptInstead(Verb verb, List<string> values)
    {
        var range = values.Count == 0 ? "head" : values[0];
        if (!range.Contains(':', StringComparison.Ordinal))
        {
            if (verb != VerbTable.Migrate)
            {
                throw new MigrationsException(
                    DiagnosticCodes.Usage,
                    "downgrade with --sql requires <fromrev>:<torev>, because it doesn't read the state of a database. "
                    + "Write: dotnet db downgrade head:-1 --sql");
            }

            range = "base:" + range;
        }

        return (VerbTable.Script, [new(VerbTable.Script.Argument!.Property, range)]);
    }

    private static bool IsSet(ParseResult parsed, VerbOption option) => Find(parsed, option) is { Implicit: false };

    private static string ValueOf(ParseResult parsed, VerbOption option) => Find(parsed, option)!.GetValueOrDefault<string?>() ?? "";

    private static OptionResult? Find(ParseResult parsed, VerbOption option) =>
        parsed.CommandResult.Children.OfType<OptionResult>().FirstOrDefault(result => result.Option.Name == option.Name);

    [GeneratedRegex(@"^(?<name>[A-Za-z_][\w.-]*)=(?<value>.*)$", RegexOptions.Singleline)]
    private static partial Regex PropertyPair();
}
