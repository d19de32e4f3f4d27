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
    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The verb and its arguments.</param>
    /// <param name="cancellation">Rolls the current transaction back and ends the run.</param>
    /// <returns>See <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        var parsed = new DeployedGrammar().Parse(arguments, call => RunAsync(call, cancellation));
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

    private async Task<int> RunAsync(DeployedCall call, CancellationToken cancellation)
    {
        try
        {
            var result = ExitCodes.Done;
            var published = Published();
            var runs = Choose(published, call).ConvertAll(path => (Path: path, Manifest: Manifest.Read(path)));
            // Before the first run, so that a missing connection of the last one doesn't stop the call half-way.
            runs.ForEach(run => RequireConnection(call, run.Manifest, published.Count));
            foreach (var (path, manifest) in runs)
            {
                var context = published.Count > 1 ? Path.GetFileNameWithoutExtension(path) : "";
                var request = Request(call, manifest);
                var files = new DeployedPaths(Path.GetFullPath(path));
                result = Math.Max(result, await RunnerFor(context).RunAsync(request, manifest, files, cancellation));
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

    private MigrationRunner RunnerFor(string context) => new(new ContextReporter(reporter, context));

    /// <exception cref="MigrationsException">The verb needs a database, and no connection is set for this context.</exception>
    private static void RequireConnection(DeployedCall call, Manifest manifest, int contexts)
    {
        if (call.Verb.DatabaseNeed != DatabaseNeed.Always || contexts == 1
            || ConnectionVariables.FindSet(manifest.ConnectionVariable, manifest.ShortName) is not null)
        {
            return;
        }

        var own = ConnectionVariables.ForContext(manifest.ConnectionVariable, manifest.ShortName);
        throw new MigrationsException(
            DiagnosticCodes.NoConnection,
            $"No connection is set for {manifest.ShortName}. Set the environment variable {own} to the connection string, "
            + $"or {manifest.ConnectionVariable} if all contexts are in one database.");
    }

    private static RunnerRequest Request(DeployedCall call, Manifest manifest)
    {
        var variable = ConnectionVariables.FindSet(manifest.ConnectionVariable, manifest.ShortName)
            ?? (call.Verb.DatabaseNeed == DatabaseNeed.Always ? manifest.ConnectionVariable : "");
        var request = new RunnerRequest(call.Verb.Name, Environment.CurrentDirectory)
        {
            Arguments = call.Arguments,
            To = call.Revision,
            Settings = manifest.Settings.With(setting => call.Settings[setting], setting => "--" + setting.Name),
            ConnectionVariable = variable,
            ConnectionSource = variable,
        };
        return request.OutputPath.Length > 0 ? request with { OutputPath = Path.GetFullPath(request.OutputPath) } : request;
    }

    /// <summary>
    /// Whether a call without a context is for all of them. A relative revision counts from the migrations of one database, so after a
    /// failure the same call would go too far on another one.
    /// </summary>
    private static bool TakesAll(DeployedCall call) => call.Verb.TakesAllPublishedContexts
        && (call.Verb.LeavesDatabaseAlone || !RevisionExpression.Parse(call.Revision).IsFromCurrent);

    /// <summary>The manifests of the contexts that were published.</summary>
    /// <exception cref="MigrationsException">There is none.</exception>
    private List<string> Published()
    {
        var all = Directory.GetFiles(folder, "*" + Manifest.Extension).Order(StringComparer.Ordinal).ToList();
        return all.Count > 0
            ? all
            : throw new MigrationsException(
                DiagnosticCodes.NoContext,
                $"There is no {Manifest.Extension} file in {folder}. Publish the application with <DbPublish>runner</DbPublish>.");
    }

    /// <summary>The manifests of the contexts that a call is for.</summary>
    /// <exception cref="MigrationsException">The call has to name a context, or names none of these.</exception>
    private static List<string> Choose(List<string> all, DeployedCall call)
    {
        var names = string.Join(", ", all.Select(Path.GetFileNameWithoutExtension));
        if (call.Context is { } context)
        {
            bool IsNamed(string path) =>
                string.Equals(Path.GetFileNameWithoutExtension(path), context, StringComparison.OrdinalIgnoreCase);
            return
            [
                all.Find(IsNamed)
                    ?? throw new MigrationsException(DiagnosticCodes.NoContext, $"{context} was not published here. Published: {names}."),
            ];
        }

        return all.Count == 1 || TakesAll(call)
            ? all
            : throw new MigrationsException(
                DiagnosticCodes.SeveralContexts,
                $"Several contexts were published: {names}.",
                Hint.Add("Name one", "DbContextName", Path.GetFileNameWithoutExtension(all[0])));
    }
}
