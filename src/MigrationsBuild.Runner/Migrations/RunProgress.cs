using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Planning;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>
/// How far a run has come, and whether the same command may be run again. A relative revision counts from what is applied: once a part of
/// its migrations is done, or may be done, repeating it would go further than the call meant.
/// </summary>
/// <param name="request">What the user asked for.</param>
internal sealed class RunProgress(RunnerRequest request)
{
    private bool _isOutcomeUnknown;

    /// <summary>Where the run goes; <see langword="null"/> as long as that is not resolved.</summary>
    public Destination? Destination { get; private set; }

    /// <summary>How many migrations the run has applied, reverted or recorded.</summary>
    public int Completed { get; private set; }

    /// <summary>Whether the same command would not go to the same migration.</summary>
    public bool MustNotRepeat => Destination is { IsRelative: true } && (Completed > 0 || _isOutcomeUnknown);

    /// <summary>The command that goes to the same migration at any time.</summary>
    private Hint Absolute(string leadIn) => new(leadIn, VerbTable.Find(request.Verb)!, Destination!.Name);

    /// <summary>Says where the run goes.</summary>
    /// <param name="destination">The destination, resolved before the lock is held.</param>
    public Destination GoTo(Destination destination) => Destination = destination;

    /// <summary>Says that migrations are done.</summary>
    public void Complete(int count) => Completed += count;

    /// <summary>Says how something failed that may be done nevertheless.</summary>
    public void Note(SqlFailure failure) => _isOutcomeUnknown |= failure.IsOutcomeUnknown;

    /// <summary>What to do after a failure, as a sentence; empty if <see cref="WithNextStep"/> says it.</summary>
    /// <param name="repeat">What to do if the same command may be run again.</param>
    public string NextStep(string repeat = "Run the command again to continue.") => MustNotRepeat ? "" : repeat;

    /// <summary>A diagnostic with the command to continue with, if the same command must not be run again.</summary>
    /// <param name="diagnostic">Why the run has failed.</param>
    public Diagnostic WithNextStep(Diagnostic diagnostic) =>
        !MustNotRepeat || diagnostic.Code == DiagnosticCodes.Moved ? diagnostic : diagnostic with
        {
            Message = $"{diagnostic.Message.TrimEnd('.', ' ')}. Don't repeat '{Destination!.Text}': it may mean another migration now.",
            Hints = [Absolute("To continue, run")],
        };

    /// <summary>Refuses to go on if a relative revision was resolved from another state than the database has now.</summary>
    /// <param name="state">The state while the lock is held.</param>
    /// <exception cref="MigrationsException">Another run has changed the history.</exception>
    public void RefuseMoved(DatabaseState state)
    {
        if (Destination is { IsRelative: true } destination && !destination.Applied.SequenceEqual(state.Applied))
            throw Moved(state, "Nothing was changed.");
    }

    /// <summary>The failure of a relative revision whose database another run has changed.</summary>
    /// <param name="state">The database as it is now.</param>
    /// <param name="kept">What this run has done: one or more sentences.</param>
    public MigrationsException Moved(DatabaseState state, string kept)
    {
        var (text, before) = (Destination!.Text, Destination.Applied.LastOrDefault("base"));
        var now = before == state.Newest ? "Another run has changed the migrations before it." : $"The newest one is {state.Newest} now.";
        return new(
            DiagnosticCodes.Moved,
            $"'{text}' meant {Destination.Name}, because {before} was the newest applied migration. {now} {kept}",
            Absolute($"If you still mean {Destination.Name}, run"));
    }
}
