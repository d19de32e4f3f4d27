using System.CommandLine;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Deployment;

/// <summary>
/// The runner as a command of its own: <c>dotnet migrations/MigrationsBuild.Runner.dll migrate</c>, beside the manifests that a publish
/// has put there. The connection comes from the environment.
/// </summary>
/// <param name="folder">Where the manifests are.</param>
/// <param name="reporter">Who is told.</param>
public sealed class DeployedRunner(string folder, IReporter reporter)
{
    private static readonly Verb[] _verbs = [.. VerbTable.All.Where(verb => verb.IsDeployed)];

    private readonly Option<string?> _context = new("--context") { HelpName = "name", Description = "The DbContext, where several were published", Recursive = true };
    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "All that is known of each migration; what those execute who hold a lock" };

    /// <summary>The options of the verbs, by property. An option that says what the argument says is left out.</summary>
    private readonly Dictionary<string, Option> _options = _verbs.SelectMany(OptionsOf).DistinctBy(option => option.Property)
        .ToDictionary(option => option.Property, ToOption);

    private readonly Dictionary<string, Option<string?>> _settings = RunSettings.All.ToDictionary(
        setting => setting.Name, setting => new Option<string?>("--" + setting.Name) { HelpName = setting.Form, Description = setting.Summary, Recursive = true });

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The verb and what it takes.</param>
    /// <param name="cancellation">Undoes the transaction that runs and ends.</param>
    /// <returns>See <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        var parsed = Grammar(cancellation).Parse(arguments);
        // Signals are ours to handle: the library would end the process before the transaction has.
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellation);
        reporter.Diagnostic(new Diagnostic(DiagnosticCodes.Usage, $"{string.Join(" ", parsed.Errors.Select(error => error.Message))} See: --help"));
        return ExitCodes.Final;
    }

    private RootCommand Grammar(CancellationToken cancellation)
    {
        var root = new RootCommand(
            "Applies the migrations that were published with it. The connection string is in the environment variable MIGRATIONS_CONNECTION, or MIGRATIONS_CONNECTION__<context>, or in the file that one of these with _FILE behind it names. "
            + "Exit codes: 0 done, 1 failed and may go well later, 4 failed and would fail again.") { _context };
        foreach (var setting in _settings.Values)
            root.Add(setting);
        Argument<string[]> Revision(string name, string about, bool takesSeveral = false)
        {
            var argument = new Argument<string[]>(name) { Description = about, Arity = ArgumentArity.ZeroOrMore };
            // Of a misspelt option the parser makes a revision.
            argument.Validators.Add(result => result.Tokens.Where(token => token.Value.StartsWith("--", StringComparison.Ordinal)).ToList().ForEach(token => result.AddError($"There is no option {token.Value}.")));
            argument.Validators.Add(result =>
            {
                if (!takesSeveral && result.Tokens.Count > 1)
                    result.AddError($"There is one {name} at most.");
            });
            return argument;
        }

        void Add(string verb, string about, Argument<string[]>? revision, params Option[] options)
        {
            var command = new Command(verb, about);
            if (revision is not null)
                command.Add(revision);
            foreach (var option in options)
                command.Add(option);
            command.SetAction((parsed, _) => RunAsync(verb, string.Join(",", revision is null ? [] : parsed.GetValue(revision) ?? []), parsed, cancellation));
            root.Add(command);
        }

        foreach (var verb in _verbs)
        {
            var options = OptionsOf(verb).Select(option => _options[option.Property]);
            var argument = verb.Argument is { } taken ? Revision(taken.Name, taken.Summary, taken.AtMost > 1) : null;
            Add(verb.Name, verb.Summary, argument, verb.VerboseProperty is null ? [.. options] : [.. options, _verbose]);
        }

        Add(VerbTable.Check.Name, "Hold the files against the manifest, and the database against the files; fails if anything is pending", null);
        return root;
    }

    private async Task<int> RunAsync(string verb, string revision, ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            var result = ExitCodes.Done;
            foreach (var path in Manifests(parsed.GetValue(_context), TakesAll(verb, revision)))
            {
                var manifest = Manifest.Read(path);
                var request = Request(verb, revision, manifest, parsed);
                var files = new DeployedPaths(Path.GetFullPath(path));
                result = Math.Max(result, await new MigrationRunner(reporter).RunAsync(request, manifest, files, cancellation));
                if (result != ExitCodes.Done)
                    break;
            }

            return result;
        }
        catch (MigrationsException failure)
        {
            reporter.Diagnostic(failure.Diagnostic);
            return ExitCodes.Final;
        }
    }

    private RunnerRequest Request(string verb, string revision, Manifest manifest, ParseResult parsed)
    {
        var doesWithout = verb == VerbTable.History.Name || verb == VerbTable.Script.Name;
        var variable = ConnectionVariables.FindSet(manifest.ConnectionVariable, manifest.ShortName)
            ?? (doesWithout ? "" : manifest.ConnectionVariable);
        var request = new RunnerRequest(verb, Environment.CurrentDirectory)
        {
            Arguments = _options.Aggregate(Arguments.None, (arguments, option) => arguments.With(option.Key, Text(parsed, option.Value))),
            To = revision,
            Verbose = parsed.GetValue(_verbose),
            Settings = manifest.Settings.With(setting => parsed.GetValue(_settings[setting.Name]), setting => "--" + setting.Name),
            ConnectionVariable = variable,
            ConnectionSource = variable,
        };
        return request.OutputPath.Length > 0 ? request with { OutputPath = Path.GetFullPath(request.OutputPath) } : request;
    }

    /// <summary>A relative revision counts from what one database has; repeated after a failure, it would go too far on another.</summary>
    private static bool TakesAll(string verb, string revision) =>
        verb == VerbTable.Current.Name || verb == VerbTable.History.Name || verb == VerbTable.Check.Name
        || (verb == VerbTable.Migrate.Name && !RevisionExpression.Parse(revision).IsFromCurrent);

    private static IEnumerable<VerbOption> OptionsOf(Verb verb) =>
        verb.Options.Where(option => option.Property.Length > 0 && option.Property != verb.Argument?.Property);

    private static Option ToOption(VerbOption option)
    {
        Option made = option.Value is null ? new Option<bool>(option.Name) : new Option<string?>(option.Name) { HelpName = option.Value };
        made.Description = option.Summary;
        foreach (var alias in option.Aliases)
            made.Aliases.Add(alias);
        return made;
    }

    private static string? Text(ParseResult parsed, Option option) => option is Option<bool> flag
        ? parsed.GetValue(flag) ? "true" : null
        : parsed.GetValue((Option<string?>)option);

    private List<string> Manifests(string? context, bool takesAll)
    {
        var all = Directory.GetFiles(folder, "*" + Manifest.Extension).Order(StringComparer.Ordinal).ToList();
        var names = string.Join(", ", all.Select(Path.GetFileNameWithoutExtension));
        if (all.Count == 0)
            throw new MigrationsException(DiagnosticCodes.NoContext, $"There is no {Manifest.Extension} file in {folder}. Publish the application with <DbPublish>runner</DbPublish>.");
        if (context is not null)
        {
            return [all.Find(path => string.Equals(Path.GetFileNameWithoutExtension(path), context, StringComparison.OrdinalIgnoreCase))
                ?? throw new MigrationsException(DiagnosticCodes.NoContext, $"{context} wasn't published here. There is: {names}.")];
        }

        return all.Count == 1 || takesAll ? all : throw new MigrationsException(DiagnosticCodes.SeveralContexts, $"Several contexts were published: {names}. Say which: --context {Path.GetFileNameWithoutExtension(all[0])}");
    }
}
