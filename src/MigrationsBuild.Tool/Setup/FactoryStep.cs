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
internal sealed class FactoryStep(ProjectChoice project, PackagesStep packages) : ISetupStep
{
    /// <inheritdoc/>
    public void Run(Action<FileChange> add, Action<Diagnostic> warn)
    {
        if (Check() is not { } failure)
            return;
        if (!NeedsFactory(failure))
        {
            warn(Unclear($"The check failed ({failure.Message}), so it is not known whether the contexts need a factory"));
            return;
        }

        var contexts = ContextSource.In(project.Folder).Where(context => !context.HasFactory).ToList();
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
            files.Commit(() => Reject(Check()));
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

    /// <summary>The error because of which there is no verdict on the contexts; <see langword="null"/> if there is a verdict.</summary>
    private ReportedDiagnostic? Check()
    {
        var errors = new List<ReportedDiagnostic>();
        var call = new VerbCall(VerbTable.Check, []);
        var build = new BuildProcess(BuildArguments.Of(call, project, isRecording: false), isRecording: false)
        {
            OnEvent = message => Take(message, errors),
        };
        var exitCode = build.Run();
        return errors.Find(NeedsFactory) ?? errors.Find(error => !DiagnosticCodes.Find(error.Code).IsDrift)
            ?? (exitCode != 0 && errors.Count == 0
                ? new("error", "", $"dotnet build ended with code {exitCode}", project.Path, 0, 0, "")
                : null);
    }

    private static void Take(MessageLine message, List<ReportedDiagnostic> errors)
    {
        if (message.Name == BuildEvents.Diagnostic && ReportedDiagnostic.Of(message) is { IsError: true } error)
            errors.Add(error);
    }
}
