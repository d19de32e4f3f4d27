using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Messages;
using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Tool.DotnetBuild;
using MigrationsBuild.Tool.Results;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.Setup;

/// <summary>
/// Writes design-time factories for contexts that a build can't create. Only the check of the package knows which these are, so the step
/// runs it, and once more with the factories: if they don't help, they are removed.
/// </summary>
internal sealed partial class FactoryStep(ProjectChoice project, PackagesStep packages) : ISetupStep
{
    /// <inheritdoc/>
    public void Run(Action<FileChange> add, Action<Diagnostic> warn)
    {
        var failures = Check();
        if (failures.Count == 0)
            return;
        var withoutContext = failures.FindAll(NeedsFactory);
        if (withoutContext.Count == 0)
        {
            warn(Unclear($"The check failed ({failures[0].Message}), so it is not known whether the contexts need a factory"));
            return;
        }

        var contexts = ContextsOf(withoutContext);
        var providers = ContextSource.Providers.Where(provider => packages.Used.Contains(provider.Key)).ToList();
        if (contexts.Count == 0 || providers.Count != 1 || contexts.Exists(context => !context.CanHaveFactory))
        {
            warn(Unclear(Why(contexts, providers.Count)));
            return;
        }

        var files = new FileTransaction();
        foreach (var context in contexts)
            files.Write(context.FactoryPath, context.FactoryWith(providers[0].Value));
        var written = files.Written.ToList();
        try
        {
            files.Commit(() => Reject(Check().FirstOrDefault()));
        }
        catch (MigrationsException rejected)
        {
            warn(rejected.Diagnostic);
            return;
        }

        foreach (var path in written)
        {
            add(new FileChange(path, "created, because a build can't run the start-up code. Compare its options with those of that code")
            {
                Reverse = $"delete {FileChange.Argument(path)}",
            });
        }
    }

    /// <summary>
    /// The contexts that failures name. If start-up code hangs or ends the process, they name none, and all need a factory.
    /// </summary>
    private List<ContextSource> ContextsOf(List<ReportedDiagnostic> failures)
    {
        var names = failures.Select(failure => FailedContext().Match(failure.Message).Groups["name"].Value).Where(name => name.Length > 0)
            .ToList();
        return
        [
            .. ContextSource.In(project.Folder)
                .Where(context => !context.HasFactory && (names.Count == 0 || names.Contains(context.Name))),
        ];
    }

    private static void Reject(ReportedDiagnostic? failure)
    {
        if (failure is not null)
            throw new MigrationsException(Unclear($"A generated factory doesn't work ({failure.Message})"));
    }

    private static string Why(List<ContextSource> contexts, int providers)
    {
        if (contexts.Count == 0)
            return "A context needs a factory, and its class isn't in the C# files of this project";
        return contexts.Find(context => !context.CanHaveFactory) is { } other
            ? $"{other.Name} needs a factory, and "
                + (other.TakesOptions ? $"{other.FactoryPath} exists" : $"has no constructor with only DbContextOptions<{other.Name}>")
            : $"{contexts[0].Name} needs a factory, and the project has {(providers == 0 ? "none" : "several")} of the known providers";
    }

    private static Diagnostic Unclear(string why) =>
        new(DiagnosticCodes.NoFactory, $"{why.TrimEnd('.')}. See: dotnet db explain {DiagnosticCodes.NoVerdict.Id}");

    private static bool NeedsFactory(ReportedDiagnostic failure) =>
        failure.Code == DiagnosticCodes.NoVerdict.Id && failure.Message.Contains("IDesignTimeDbContextFactory", StringComparison.Ordinal);

    /// <summary>The errors because of which there is no verdict on a context.</summary>
    private List<ReportedDiagnostic> Check()
    {
        var errors = new List<ReportedDiagnostic>();
        var call = new VerbCall(VerbTable.Check, []);
        var build = new BuildProcess(call, project, isRecording: false)
        {
            OnEvent = message => Take(message, errors),
        };
        var exitCode = build.Run();
        return exitCode != 0 && errors.Count == 0
            ? [new("error", "", $"dotnet build ended with code {exitCode}", project.Path, 0, 0, "")]
            : errors.FindAll(error => NeedsFactory(error) || !DiagnosticCodes.Find(error.Code).IsDrift);
    }

    private static void Take(MessageLine message, List<ReportedDiagnostic> errors)
    {
        if (message.Name == BuildEvents.Diagnostic && ReportedDiagnostic.Of(message) is { IsError: true } error)
            errors.Add(error);
    }

    [GeneratedRegex(@": (?<name>\S+) can't be created: ")]
    private static partial Regex FailedContext();
}
