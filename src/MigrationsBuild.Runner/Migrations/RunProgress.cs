using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>
/// The progress of a run, and whether the same command may be run again. A relative revision counts from the applied migrations: once some
/// of its migrations are done, or may be done, the same command would go further than the call meant.
/// </summary>
/// <param name="request">The verb and its arguments.</param>
internal sealed class RunProgress(RunnerRequest request)
{
    private bool _isOutcomeUnknown;
    private int _earlier;

    /// <summary>The migration that the run goes to; <see langword="null"/> until it is resolved.</summary>
    public Destination? Destination { get; private set; }

    /// <summary>How many migrations the run has applied, reverted or recorded since it last changed the direction.</summary>
    public int Completed { get; private set; }

    /// <summary>Whether the same command would not go to the same migration.</summary>
    public bool MustNotRepeat => Destination is { IsRelative: true } && (_earlier + Completed > 0 || _isOutcomeUnknown);

    /// <summary>The command that goes to the same migration at any time.</summary>
    private Hint Absolute(string leadIn) => new(leadIn, VerbTable.FindOfRunner(request.Verb)!, Destination!.Name);

    /// <summary>Sets the destination, which was resolved before the run had the lock.</summary>
    public Destination GoTo(Destination destination) => Destination = destination;

    /// <summary>Adds to the number of migrations that are done.</summary>
    public void Complete(int count) => Completed += count;

    /// <summary>Counts from now on the migrations of the other direction.</summary>
    public void ChangeDirection() => (_earlier, Completed) = (_earlier + Completed, 0);

    /// <summary>Remembers whether the outcome of a failed statement is unknown.</summary>
    public void Note(SqlFailure failure) => _isOutcomeUnknown |= failure.IsOutcomeUnknown;

    /// <summary>The next step after a failure, as a sentence; empty if <see cref="WithNextStep"/> adds a command.</summary>
    /// <param name="repeat">The sentence if the same command may be run again.</param>
    public string NextStep(string repeat = "Run the command again to continue.") => MustNotRepeat ? "" : repeat;

    /// <summary>Adds the command that continues the run, if the same command must not be run again.</summary>
    /// <param name="diagnostic">The reason why the run failed.</param>
    public Diagnostic WithNextStep(Diagnostic diagnostic) =>
        !MustNotRepeat || diagnostic.Code == DiagnosticCodes.Moved ? diagnostic : diagnostic with
        {
            Message = $"{diagnostic.Message.TrimEnd('.', ' ')}. Don't repeat '{Destination!.Text}': it may mean another migration now.",
            Hints = [Absolute("To continue, run")],
        };

    /// <summary>Stops the run if a relative revision was resolved from another state than the database has now.</summary>
    /// <param name="state">The state while the run has the lock.</param>
    /// <exception cref="MigrationsException">Another run has changed the history.</exception>
    public void RefuseMoved(DatabaseState state)
    {
        if (Destination is { IsRelative: true } destination && !destination.Applied.SequenceEqual(state.Applied))
            throw Moved(state, "Nothing was changed.");
    }

    /// <summary>The failure of a relative revision because another run has changed the database.</summary>
    /// <param name="state">The database as it is now.</param>
    /// <param name="kept">The changes of this run: one or more sentences.</param>
    public MigrationsException Moved(DatabaseState state, string kept)
    {
        var (text, before) = (Destination!.Text, Destination.Applied.LastOrDefault("base"));
        var now = before == state.Newest
            ? "Another run has changed the migrations before it."
            : $"The newest one is {state.Newest} now.";
        return new(
            DiagnosticCodes.Moved,
            $"'{text}' meant {Destination.Name}, because {before} was the newest applied migration. {now} {kept}",
            Absolute($"If you still mean {Destination.Name}, run"));
    }
}
