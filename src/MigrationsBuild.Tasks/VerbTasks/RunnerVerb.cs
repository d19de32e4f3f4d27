using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Sql;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Logging;
using MigrationsBuild.Tasks.Processes;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>What the verbs share that need a database: they hand the manifest of one context to the runner.</summary>
public abstract class RunnerVerb : MigrationsTask
{
    /// <summary>The property that says which revision to go to.</summary>
    private string RevisionProperty => Verb?.Argument?.Property ?? "";

    /// <summary>Whether the verb works on a database, only asks it if it knows which, or does without unless the revision that was given counts from what is applied.</summary>
    private protected virtual DatabaseNeed Need => DatabaseNeed.Always;

    /// <summary>Whether the verb takes all contexts that have migrations where the call names none.</summary>
    private protected virtual bool TakesAllContexts => false;

    /// <summary>Whether the verb executes or records what was approved: it doesn't as long as that isn't certain.</summary>
    private protected virtual bool NeedsApproval => false;

    /// <summary>Whether the verb changes nothing and writes nothing that is deployed, so that the answer of an earlier call will do.</summary>
    private protected virtual bool OnlyReads => false;

    /// <summary>The terminal at which the build was started.</summary>
    internal ITerminal Terminal { get; set; } = new ConsoleTerminal();

    /// <summary>A strict build has no development database, and nothing to ask. MSBuild's terminal logger draws over a question.</summary>
    private Confirmation Confirmation =>
        Description.IsStrict ? Confirmation.None
        : Terminal.IsNode ? Confirmation.Impossible
        : !Terminal.IsInteractive ? Confirmation.None
        : Description.HasTerminalLogger ? Confirmation.Impossible
        : Confirmation.Ask;

    /// <summary>Refuses what the verb must not work on.</summary>
    /// <param name="verdict">The verdict on the whole project.</param>
    /// <param name="review">The context.</param>
    /// <exception cref="MigrationsException">The verb isn't run.</exception>
    private protected virtual void Check(ModelVerdict verdict, ContextReview review)
    {
    }

    /// <summary>Says so if the verb has nothing to do for a context.</summary>
    /// <param name="review">The context.</param>
    /// <returns>Whether there is nothing to do.</returns>
    private protected virtual bool HasNothingToDo(ContextReview review) => false;

    /// <inheritdoc/>
    private protected override void Run()
    {
        var check = new ModelCheck(Description, Log) { MayUseKept = OnlyReads && !Description.IsStrict };
        var mayNeedDatabase = Need != DatabaseNeed.ForRevision || RevisionRange.NeedsCurrent(Call[RevisionProperty]);
        var verdict = check.Run(wantsConnections: mayNeedDatabase && !Description.IsStrict && !IsConnectionSet(), Cancellation);
        var all = verdict.Reviews.Where(review => review.Migrations.Count > 0).ToList();
        // A relative revision counts from what one database has.
        var isRelative = RevisionRange.NeedsCurrent(Call[RevisionProperty]);
        var takesAll = TakesAllContexts && Call["DbContextName"].Length == 0 && all.Count > 1 && !isRelative;
        var chosen = takesAll ? all : [Choose(verdict)];
        if (Refuses(verdict, chosen))
            return;
        foreach (var review in chosen)
            Run(check, verdict, review, mayNeedDatabase && !(Need == DatabaseNeed.IfKnown && !RevisionRange.NeedsCurrent(Call[RevisionProperty]) && IsForeign(review)));
    }

    /// <summary>Says of all contexts why they are refused, before any database is touched.</summary>
    private bool Refuses(ModelVerdict verdict, IEnumerable<ContextReview> chosen)
    {
        List<Diagnostic> refusals = NeedsApproval ? [.. chosen.SelectMany(verdict.RefusalsOf).Distinct()] : [];
        refusals.ForEach(Diagnostics.WriteError);
        return refusals.Count > 0;
    }

    /// <summary>Whether it is a context of a database that the runner doesn't know.</summary>
    private static bool IsForeign(ContextReview review) => review.Report.Dialect == SqlDialect.Other;

    private void Run(ModelCheck check, ModelVerdict verdict, ContextReview review, bool needsDatabase)
    {
        Check(verdict, review);
        if (Log.HasLoggedErrors)
            return;
        if (HasNothingToDo(review))
            return;

        if (needsDatabase && IsForeign(review))
        {
            throw new MigrationsException(
                DiagnosticCodes.UnknownProvider,
                $"{(Need == DatabaseNeed.Always ? $"`{Verb!.Name}`" : $"`{Call[RevisionProperty]}`")} needs a connection, "
                + $"and connections are made to PostgreSQL and SQLite only: {review.Report.ShortName} uses {review.Report.Provider}.",
                new Hint("For its approved SQL as a script for the database's own tool, run", VerbTable.Script, "base:head"));
        }

        var (connection, source) = needsDatabase ? Connection(check, verdict, review.Report) : (null, "");
        var request = new RunnerRequest(Verb!.Name, Description.StartupFolder)
        {
            Arguments = Call.ArgumentsOf(Verb),
            IsStrict = Description.IsStrict,
            Confirmation = Confirmation,
            Settings = Description.Settings.Run,
            ConnectionVariable = source,
            ConnectionSource = connection is null ? source
                : $"the configuration of {review.Report.ShortName}{(connection.Find("remark") is { } remark ? $"; {remark}" : "")}",
        };
        if (request.OutputPath.Length > 0)
            request = request with { OutputPath = Path.GetFullPath(Path.Combine(Description.Folder, request.OutputPath)) };
        var input = new RunnerInput(request, verdict.ManifestOf(review));
        new RunnerProcess(Description, Output, Diagnostics, Terminal).Run(input, connection?["string"], Cancellation);
        if (Verb.RecordsCall && connection is null && source.Length > 0 && !TakesSeveral(verdict))
            new CallRecord(Description, Output).Write(input, review);
    }

    /// <summary>One call of the runner doesn't tell what several do.</summary>
    private bool TakesSeveral(ModelVerdict verdict) => Call["DbContextName"].Length == 0 && verdict.Reviews.Count(review => review.Migrations.Count > 0) > 1;

    /// <summary>Whether a variable is set that may name the connection. Which one counts depends on the context, which isn't known yet.</summary>
    private bool IsConnectionSet() => Environment.GetEnvironmentVariables().Keys.Cast<string>()
        .Any(name => name.StartsWith(Description.Settings.ConnectionVariable, StringComparison.OrdinalIgnoreCase));

    /// <summary>The environment's connection; without one, on a developer's machine, the one that the context is configured with.</summary>
    private (MessageLine? Connection, string Source) Connection(ModelCheck check, ModelVerdict verdict, ContextReport context)
    {
        var variable = Description.Settings.ConnectionVariable;
        if (ConnectionVariables.FindSet(variable, context.ShortName) is { } set)
            return (null, set);
        if (Description.IsStrict && Need == DatabaseNeed.IfKnown)
            return (null, "");
        if (Description.IsStrict)
        {
            throw new MigrationsException(
                DiagnosticCodes.NoConnection,
                $"No connection is set, and {Description.StrictBecause} means that none is guessed. Set the environment variable {variable} to the connection string, or {variable}_FILE to a file that holds it.");
        }

        var connections = verdict.Connections.Count > 0 ? verdict.Connections : check.Run(wantsConnections: true, Cancellation).Connections;
        var name = ConnectionVariables.ForContext(variable, context.ShortName);
        if (!connections.TryGetValue(context.Name, out var message) || message["string"].Length == 0)
        {
            if (Need == DatabaseNeed.IfKnown && !RevisionRange.NeedsCurrent(Call[RevisionProperty]))
                return (null, "");
            var why = message?.Find("problem") is { } problem
                ? $"The connection string of {context.ShortName} can't be read: {problem.TrimEnd('.')}"
                : $"{context.ShortName} is configured without a connection string";
            throw new MigrationsException(DiagnosticCodes.NoConnection, $"{why}. Set the environment variable {variable}.");
        }

        if (message.Has("hides-password") && message["string"].IndexOf("password", StringComparison.OrdinalIgnoreCase) < 0)
        {
            throw new MigrationsException(
                DiagnosticCodes.NoConnection,
                $"{context.ShortName} is configured with a data source, which doesn't tell its password. Set the environment variable {variable} to the connection string.");
        }

        return (message, name);
    }
}

/// <summary>What a verb has to do with a database.</summary>
internal enum DatabaseNeed
{
    /// <summary>It works on one.</summary>
    Always,

    /// <summary>It asks one if it is known which.</summary>
    IfKnown,

    /// <summary>It asks one only if the revision that was given counts from what is applied.</summary>
    ForRevision,
}
