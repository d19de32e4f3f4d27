using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;
using MigrationsBuild.Sql;
using MigrationsBuild.Tasks.BuildTasks;
using MigrationsBuild.Tasks.Caching;
using MigrationsBuild.Tasks.Checking;
using MigrationsBuild.Tasks.Logging;
using MigrationsBuild.Tasks.Processes;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tasks.VerbTasks;

/// <summary>The base class of the tasks that start the runner: they pass it the manifest of a context.</summary>
public abstract class RunnerTask : MigrationsTask
{
    /// <summary>The terminal in which the build was started.</summary>
    internal ITerminal Terminal { get; set; } = new ConsoleTerminal();

    /// <summary>Whether the verb changes and deploys nothing, so that it can use the answer of an earlier build.</summary>
    private bool OnlyReads => Verb!.LeavesDatabaseAlone && !Verb.NeedsApproval;

    private DatabaseNeed Need => Verb!.DatabaseNeed ?? DatabaseNeed.Always;

    /// <summary>The revision of the call.</summary>
    private string Revision => Call[Verb?.Argument?.Property ?? ""];

    /// <summary>Whether the revision is relative to the migrations that a database has.</summary>
    private bool IsRelative => RevisionRange.NeedsCurrent(Revision);

    /// <summary>Whether the verb works without a database if none is known.</summary>
    private bool CanOmitDatabase => Need == DatabaseNeed.IfKnown && !IsRelative;

    /// <summary>
    /// Whether the verb can ask a person. A strict build has no development database, and no questions. MSBuild's terminal logger
    /// overwrites questions.
    /// </summary>
    private Confirmation Confirmation
    {
        get
        {
            if (Description.IsStrict)
                return Confirmation.None;
            if (Terminal.IsNode)
                return Confirmation.Impossible;
            if (!Terminal.IsInteractive)
                return Confirmation.None;
            return Description.HasTerminalLogger ? Confirmation.Impossible : Confirmation.Ask;
        }
    }

    /// <summary>Whether the verb needs the SQL of the model, which only a new answer of the worker contains.</summary>
    private protected virtual bool WantsModelScript => false;

    /// <summary>The folder of a script for which the call names no file; empty to print it.</summary>
    private protected virtual string ScriptFolder => "";

    /// <summary>Checks the preconditions of the verb.</summary>
    /// <exception cref="MigrationsException">The verb must not run.</exception>
    private protected virtual void Check(ModelVerdict verdict, ContextReview review)
    {
    }

    /// <summary>The arguments of the request for a context, if they aren't those of the call.</summary>
    private protected virtual Arguments ArgumentsFor(ContextReview review) => Call.ArgumentsOf(Verb!);

    /// <summary>The manifest of a context for the runner.</summary>
    private protected virtual Manifest ManifestOf(ModelVerdict verdict, ContextReview review) => verdict.ManifestOf(review);

    /// <summary>Adds to the request for the runner.</summary>
    private protected virtual RunnerRequest Complete(RunnerRequest request) => request;

    /// <summary>Whether the verb runs for a context.</summary>
    private protected virtual bool IsWantedFor(ModelVerdict verdict, ContextReview review) => true;

    /// <summary>A failure of the runner as it is shown.</summary>
    private protected virtual Diagnostic Shown(Diagnostic failure) => failure;

    /// <summary>Called after the runner has ended, whether it succeeded or not.</summary>
    /// <param name="review">The context.</param>
    /// <param name="results">What it has reported for programs.</param>
    private protected virtual void Finish(ContextReview review, IReadOnlyList<MessageLine> results)
    {
    }

    /// <summary>Whether there is nothing to do for a context. The method shows a line if so.</summary>
    private protected virtual bool HasNothingToDo(ContextReview review) => false;

    /// <inheritdoc/>
    private protected override void Run()
    {
        var check = new ModelCheck(Description, Log) { MayUseKept = OnlyReads && !Description.IsStrict };
        var mayNeedDatabase = Need is DatabaseNeed.Always or DatabaseNeed.IfKnown || (Need == DatabaseNeed.ForRevision && IsRelative);
        var isConnectionSet = VerbConnection.IsSet(Description.Settings.ConnectionVariable);
        var wantsConnections = mayNeedDatabase && !Description.IsStrict && !isConnectionSet;
        var verdict = WantsModelScript
            ? check.Ask(Description.Request() with { WantsModelScript = true, WantsConnections = wantsConnections }, Cancellation)
            : check.Run(wantsConnections, Cancellation);
        var all = verdict.Reviews.Where(review => review.Migrations.Count > 0).ToList();
        // A relative revision counts from the state of one database.
        var takesAll = TakesAllContexts && !NamesContext && all.Count > 1 && !IsRelative;
        List<ContextReview> chosen = [.. (takesAll ? all : [Choose(verdict)]).Where(review => IsWantedFor(verdict, review))];
        if (Refuses(verdict, chosen))
            return;
        foreach (var review in chosen)
            Run(check, verdict, review, mayNeedDatabase && !(CanOmitDatabase && IsUnsupported(review)));
    }

    /// <summary>Reports for all contexts why they are refused, before the verb connects to a database.</summary>
    private bool Refuses(ModelVerdict verdict, IEnumerable<ContextReview> chosen)
    {
        List<Diagnostic> refusals = Verb!.NeedsApproval ? [.. chosen.SelectMany(verdict.RefusalsOf).Distinct()] : [];
        refusals.ForEach(Diagnostics.WriteError);
        return refusals.Count > 0;
    }

    /// <summary>Whether the runner doesn't support the database of a context.</summary>
    private protected static bool IsUnsupported(ContextReview review) => review.Report.Dialect == SqlDialect.Other;

    private void Run(ModelCheck check, ModelVerdict verdict, ContextReview review, bool needsDatabase)
    {
        Check(verdict, review);
        if (Log.HasLoggedErrors || HasNothingToDo(review))
            return;
        if (needsDatabase && IsUnsupported(review))
        {
            throw new MigrationsException(
                DiagnosticCodes.UnknownProvider,
                $"{(Need == DatabaseNeed.Always ? $"`{Verb!.Name}`" : $"`{Revision}`")} needs a connection, "
                + $"and connections are made to PostgreSQL and SQLite only: {review.Report.ShortName} uses {review.Report.Provider}.",
                new Hint("For its approved SQL as a script for the database's own tool, run",
                    VerbTable.Script,
                    Verb == VerbTable.Rollback ? "head:-1" : "base:head"));
        }

        var connection = needsDatabase
            ? new VerbConnection(Description, CanOmitDatabase, Need == DatabaseNeed.IfKnown)
                .Find(review.Report, () => Connections(check, verdict))
            : FoundConnection.None;
        var input = new RunnerInput(Request(connection, review), ManifestOf(verdict, review));
        var process = new RunnerProcess(Description, Output, Diagnostics, Terminal)
        {
            Context = verdict.NameFor(review),
            Shown = Shown,
        };
        if (!Verb!.LeavesDatabaseAlone)
            new StoredSync(Description, review.Report).Delete();
        process.Run(input, connection.ConnectionString, Cancellation);
        Finish(review, process.Results);
        if (IsCall && Verb!.IsRepeatable && !RunsSeveral(verdict))
        {
            var isApproved = Verb.NeedsApproval && IsClean(verdict, review);
            new CallRecord(Description, Output).Write(input, review, verdict.NameFor(review), isApproved);
        }
    }

    private IReadOnlyDictionary<string, MessageLine> Connections(ModelCheck check, ModelVerdict verdict) =>
        verdict.Connections.Count > 0 ? verdict.Connections : check.Run(wantsConnections: true, Cancellation).Connections;

    /// <summary>The request of the call to the runner.</summary>
    /// <param name="connection">The connection of the verb.</param>
    /// <param name="review">The context.</param>
    private protected RunnerRequest Request(FoundConnection connection, ContextReview review)
    {
        var request = new RunnerRequest(Verb!.Name, Description.StartupFolder)
        {
            Arguments = ArgumentsFor(review),
            IsStrict = Description.IsStrict,
            Confirmation = Confirmation,
            Settings = Description.Settings.Run,
            ConnectionVariable = connection.Variable,
            ConnectionSource = connection.Source,
            OutputFolder = ScriptFolder,
            StartupProfilePath = Description.StateFile("runner.profile"),
        };
        request = Complete(request);
        return request.OutputPath.Length > 0 ? request with { OutputPath = Description.PathOf(request.OutputPath) } : request;
    }

    /// <summary>Whether a verb that needs approval would show and refuse nothing.</summary>
    private bool IsClean(ModelVerdict verdict, ContextReview review) =>
        !Description.IsStrict && review.Approvals is not null
        && verdict.Findings.All(finding => finding.Code.SeverityRule == SeverityRule.Notice);

    /// <summary>Whether the call runs for several contexts. The record of one runner call is then not enough to repeat it.</summary>
    private bool RunsSeveral(ModelVerdict verdict) =>
        !NamesContext && verdict.Reviews.Count(review => review.Migrations.Count > 0) > 1;
}
