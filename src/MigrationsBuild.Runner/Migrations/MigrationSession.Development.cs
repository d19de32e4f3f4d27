using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Migrations;

/// <content>The rules of development databases.</content>
internal sealed partial class MigrationSession
{
    private DatabaseMark? _mark;

    /// <summary>Whether the run is a deployment: a published runner, or a strict build. It knows no development database.</summary>
    private bool IsDeployment => IsDeployed || request.IsStrict;

    private DatabaseMark Mark => _mark ??= new DatabaseMark(Database, manifest.Context);

    /// <summary>Whether the call may do what only development databases allow.</summary>
    public bool IsDevelopment => IsForced || IsKnownDevelopment;

    /// <summary>Whether the database is a development database, even if the call doesn't name it.</summary>
    public bool IsKnownDevelopment => !IsDeployment
        && (Database.IsAlwaysDevelopment ? !Mark.IsDeployment : Database.IsLocal && (Mark.IsDevelopment || _content.IsEmpty));

    /// <summary>The reason why the database is not treated as a development database, as a clause.</summary>
    public string NotDevelopment =>
        request.IsStrict ? "a strict build treats no database as a development database"
        : !IsDeployed && Mark.IsDeployment
            ? $"{Database.Name} is no longer one, because a strict build or a deployed runner has migrated it"
        : $"{Database.Name} isn't known as a development database";

    /// <summary>Whether the call names this database.</summary>
    public bool IsForced => request.Force.Length > 0 && request.Force == Database.Name;

    /// <summary>The argument with which the call is executed nevertheless: the name of the database.</summary>
    public Hint ForceHint => Hint.Add("If you mean it", "DbForce", Database.Name);

    /// <summary>Refuses an operation that only a development database allows.</summary>
    /// <param name="what">The operation, as the beginning of a sentence.</param>
    /// <param name="instead">The alternative; without it, <see cref="ForceHint"/>.</param>
    /// <exception cref="MigrationsException">It isn't one, and <c>DbForce</c> doesn't name it.</exception>
    public void RequireDevelopment(string what, Hint? instead = null)
    {
        if (!IsDevelopment)
        {
            throw new MigrationsException(
                DiagnosticCodes.NotDevelopment,
                $"{what} needs a development database, and {NotDevelopment}.", instead ?? ForceHint);
        }
    }

    /// <summary>Asks before data of a development database is destroyed, unless the call names it or there is no terminal.</summary>
    /// <param name="verb">The verb, for the error's text.</param>
    /// <param name="question">The operation, as a question.</param>
    /// <exception cref="MigrationsException">The answer is no, or there is no way to ask.</exception>
    public async Task ConfirmAsync(string verb, string question, CancellationToken cancellation)
    {
        if (IsForced || request.Confirmation == Confirmation.None)
            return;
        if (request.Confirmation == Confirmation.Impossible)
        {
            throw new MigrationsException(
                DiagnosticCodes.NotDevelopment,
                $"{verb} asks before it changes {Database.Name}, and this build can't ask, so nothing was changed. "
                + "Build the project alone with -tl:off, or use dotnet db.",
                Hint.Add("Or name the database", "DbForce", Database.Name));
        }

        if (!await reporter.ConfirmAsync($"{question} [y/N]", cancellation))
        {
            throw new MigrationsException(
                DiagnosticCodes.NotDevelopment,
                $"{verb} was not confirmed, so nothing was changed.",
                Hint.Add("To do it without a question", "DbForce", Database.Name));
        }
    }

    /// <exception cref="MigrationsException">The run was requested without a build, so it must not write.</exception>
    public void RequireMayWrite()
    {
        if (request.MustNotWrite)
            throw new MigrationsException(DiagnosticCodes.Internal, "This run must not write, because no build has checked the project.");
    }

    /// <summary>Removes the mark of a development database when a deployment has nothing to apply.</summary>
    public async Task ClaimAsync(CancellationToken cancellation)
    {
        if (!IsDeployment || !HasJournal || Mark.Claim() is not { Count: > 0 } commands)
            return;
        RequireMayWrite();
        try
        {
            await new Retries(this).RunAsync("The journal", () => Database.ExecuteTransactionAsync(commands, cancellation), cancellation);
        }
        catch (SqlFailure failure) when (failure.Kind == FailureKind.NotWritable)
        {
            // An SQLite file that is read-only stays as it is.
        }
    }
}
