using System.CommandLine;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Revisions;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Runner.Reporting;
using MigrationsBuild.Runner.Verbs;
using MigrationsBuild.Settings;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Deployment;

/// <summary>
/// The runner as a command of its own: <c>dotnet migrations/MigrationsBuild.Runner.dll migrate</c>. The manifests are in its folder, and
/// the connection string comes from the environment.
/// </summary>
/// <param name="folder">The folder of the manifests.</param>
/// <param name="reporter">Receives what the runs report.</param>
public sealed class DeployedRunner(string folder, IReporter reporter)
{
    private static readonly Verb[] _verbs = [.. VerbTable.All.Where(verb => verb.IsDeployed)];

    private readonly Option<string?> _context = new("--context")
    {
        HelpName = "name",
        Description = "The DbContext, if several were published",
        Recursive = true,
    };

    private readonly Option<bool> _verbose = new("--verbose", "-v")
    {
        Description = "All details of each migration, and the statements of blocking sessions",
    };

    /// <summary>The options of the verbs, by property. An option for the same property as the verb's argument is left out.</summary>
    private readonly Dictionary<string, Option> _options = _verbs.SelectMany(OptionsOf).DistinctBy(option => option.Property)
        .ToDictionary(option => option.Property, ToOption);

    private readonly Dictionary<string, Option<string?>> _settings = RunSettings.All.ToDictionary(
        setting => setting.Name,
        setting => new Option<string?>("--" + setting.Name) { HelpName = setting.Form, Description = setting.Summary, Recursive = true });

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The verb and its arguments.</param>
    /// <param name="cancellation">Rolls the current transaction back and ends the run.</param>
    /// <returns>See <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        var parsed = Grammar(cancellation).Parse(arguments);
        if (parsed.Errors.Count == 0)
        {
            // The program handles signals: the library would end the process before the transaction has ended.
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, cancellation);
        }

        var errors = string.Join(" ", parsed.Errors.Select(error => error.Message));
        reporter.Diagnostic(new Diagnostic(DiagnosticCodes.Usage, $"{errors} See: --help"));
        return ExitCodes.Final;
    }

    private RootCommand Grammar(CancellationToken cancellation)
    {
        var root = new RootCommand(
            "Applies the migrations that were published with it. The connection string is in the environment variable "
            + "MIGRATIONS_CONNECTION or MIGRATIONS_CONNECTION__<context>, or in the file that MIGRATIONS_CONNECTION_FILE or "
            + "MIGRATIONS_CONNECTION__<context>_FILE names. "
            + "Exit codes: 0 done, 1 failed and another attempt may succeed, 4 failed and would fail again.") { _context };
        foreach (var setting in _settings.Values)
            root.Add(setting);
        foreach (var verb in _verbs)
            root.Add(ToCommand(verb, cancellation));
        root.Add(ToCommand(
            VerbTable.Check.Name,
            "Compare the files with the manifest, and the database with the files; fails if a migration is pending",
            revision: null,
            options: [],
            cancellation));
        return root;
    }

    private Command ToCommand(Verb verb, CancellationToken cancellation)
    {
        var options = OptionsOf(verb).Select(option => _options[option.Property]);
        return ToCommand(
            verb.Name,
            verb.Summary,
            verb.Argument is { } argument ? ToArgument(argument) : null,
            verb.VerboseProperty is null ? options : options.Append(_verbose),
            cancellation);
    }

    private Command ToCommand(
        string verb, string summary, Argument<string[]>? revision, IEnumerable<Option> options, CancellationToken cancellation)
    {
        var command = new Command(verb, summary);
        if (revision is not null)
            command.Add(revision);
        foreach (var option in options)
            command.Add(option);
        command.SetAction((parsed, _) =>
        {
            var revisions = revision is null ? [] : parsed.GetValue(revision) ?? [];
            return RunAsync(verb, string.Join(",", revisions), parsed, cancellation);
        });
        return command;
    }

    private static Argument<string[]> ToArgument(VerbArgument argument)
    {
        var revision = new Argument<string[]>(argument.Name) { Description = argument.Summary, Arity = ArgumentArity.ZeroOrMore };
        revision.Validators.Add(result =>
        {
            // The parser takes a misspelled option for a revision.
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith("--", StringComparison.Ordinal)))
                result.AddError($"There is no option {token.Value}.");
        });
        revision.Validators.Add(result =>
        {
            if (argument.AtMost == 1 && result.Tokens.Count > 1)
                result.AddError($"There can be only one {argument.Name}.");
        });
        return revision;
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

    /// <summary>
    /// Whether the verb runs for all contexts. A relative revision counts from the migrations of one database, so after a failure the same
    /// call would go too far on another one.
    /// </summary>
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
        {
            throw new MigrationsException(
                DiagnosticCodes.NoContext,
                $"There is no {Manifest.Extension} file in {folder}. Publish the application with <DbPublish>runner</DbPublish>.");
        }

        if (context is not null)
        {
            bool IsNamed(string path) =>
                string.Equals(Path.GetFileNameWithoutExtension(path), context, StringComparison.OrdinalIgnoreCase);
            return
            [
                all.Find(IsNamed)
                    ?? throw new MigrationsException(DiagnosticCodes.NoContext, $"{context} was not published here. Published: {names}."),
            ];
        }

        return all.Count == 1 || takesAll
            ? all
            : throw new MigrationsException(
                DiagnosticCodes.SeveralContexts,
                $"Several contexts were published: {names}.",
                Hint.Add("Name one", "DbContextName", Path.GetFileNameWithoutExtension(all[0])));
    }
}
