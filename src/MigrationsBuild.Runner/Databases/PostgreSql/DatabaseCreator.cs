using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;
using Npgsql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>Creates and drops the database, from a connection to another one of the same server.</summary>
/// <param name="server">The server and the database.</param>
/// <param name="role">The owner of the new database.</param>
/// <param name="creation">The options of EF Core's provider for a new database.</param>
/// <param name="failures">Explains why there is no connection.</param>
/// <param name="waitTimeout">How long to wait for a lock on the database.</param>
internal sealed class DatabaseCreator(
    PostgreSqlServer server, SessionRole role, DatabaseCreation creation, ConnectionFailures failures, TimeSpan waitTimeout)
{
    private string Name => server.Database;

    /// <summary>Creates the database, unless another run was faster.</summary>
    /// <exception cref="MigrationsException">The user may not create it, or the server can't be reached.</exception>
    public async Task CreateAsync(CancellationToken cancellation)
    {
        try
        {
            await ExecuteElsewhereAsync(CreateStatement(role.Name), cancellation);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another run was faster.
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UndefinedObject && role.IsSet)
        {
            throw role.Explain(error);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new MigrationsException(
                DiagnosticCodes.NoPermission,
                $"The database {Name} doesn't exist, and {server.User} may not create it: {error.MessageText}. "
                + $"Have an administrator run: {CreateStatement(role.Owner)}",
                inner: error);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw WaitedTooLong("created", error);
        }
        catch (PostgresException error) when (!error.IsTransient && !ServerErrors.EndsSession(error))
        {
            throw new MigrationsException(
                DiagnosticCodes.SqlFailed,
                $"The database {Name} doesn't exist and can't be created: {error.MessageText} [{error.SqlState}]. "
                + $"The statement: {CreateStatement(role.Name)}",
                inner: error);
        }
        catch (Exception failure) when (ConnectionFailures.IsOfDriver(failure, cancellation))
        {
            throw failures.Explain(failure);
        }
    }

    /// <summary>Drops the database, and disconnects every session that it has.</summary>
    /// <exception cref="MigrationsException">The user may not drop it, or the server can't be reached.</exception>
    public async Task DropAsync(CancellationToken cancellation)
    {
        try
        {
            // FORCE needs PostgreSQL 13.
            await ExecuteElsewhereAsync($"DROP DATABASE {SqlText.Quote(Name)} WITH (FORCE)", cancellation);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new MigrationsException(
                DiagnosticCodes.NoPermission,
                $"{server.User} may not drop the database {Name}: {error.MessageText}. Connect as its owner.",
                inner: error);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw WaitedTooLong("dropped", error);
        }
        catch (PostgresException error) when (!ServerErrors.EndsSession(error))
        {
            var detail = error.Detail is { } text ? $" ({text})" : "";
            throw new MigrationsException(
                DiagnosticCodes.SqlFailed,
                $"The database {Name} can't be dropped: {error.MessageText}{detail} [{error.SqlState}].",
                inner: error);
        }
        catch (Exception failure) when (ConnectionFailures.IsOfDriver(failure, cancellation))
        {
            throw failures.Explain(failure);
        }
    }

    /// <summary>The statement of EF Core's provider. A collation other than the template's needs a template that has none.</summary>
    /// <param name="owner">The owner; empty for the user who executes it.</param>
    private string CreateStatement(string owner)
    {
        var template = creation.Template.Length == 0 && creation.Collation.Length > 0 ? "template0" : creation.Template;
        string[] clauses =
        [
            $"CREATE DATABASE {SqlText.Quote(Name)}",
            Clause("OWNER", owner),
            Clause("TEMPLATE", template),
            Clause("LC_COLLATE", creation.Collation),
            Clause("TABLESPACE", creation.Tablespace),
        ];
        return string.Join(" ", clauses.Where(clause => clause.Length > 0));
    }

    /// <summary>
    /// Executes a statement on another database of the server: the configured one, or one of those that every server has unless an
    /// administrator dropped it.
    /// </summary>
    private async Task ExecuteElsewhereAsync(string sql, CancellationToken cancellation)
    {
        string[] candidates = creation.AdminDatabase.Length > 0 ? [creation.AdminDatabase] : ["postgres", "template1"];
        var refusals = new List<PostgresException>();
        foreach (var database in candidates)
        {
            NpgsqlConnection connection;
            try
            {
                connection = await server.OpenDatabaseAsync(database, cancellation);
            }
            catch (PostgresException error) when (IsOfDatabase(error))
            {
                refusals.Add(error);
                continue;
            }
            catch (Exception failure) when (ConnectionFailures.IsOfDriver(failure, cancellation))
            {
                throw failures.Explain(failure);
            }

            await using (connection)
            {
                foreach (var text in new[] { $"SET lock_timeout = {SessionState.Milliseconds(waitTimeout)}", sql })
                {
                    await using var command = new NpgsqlCommand(text, connection);
                    await command.ExecuteNonQueryAsync(cancellation);
                }
            }

            return;
        }

        throw new MigrationsException(
            DiagnosticCodes.NoPermission,
            "This needs a connection to another database of the server, and there is none: "
            + $"{string.Join("; ", refusals.Select(error => error.MessageText))}. "
            + $"Name one with UseAdminDatabase(\"…\"), or have an administrator run: {sql}",
            inner: refusals[0]);
    }

    /// <summary>Whether the server refuses one database, and may accept a connection to another one.</summary>
    private static bool IsOfDatabase(PostgresException error) => error.SqlState
        is PostgresErrorCodes.InvalidCatalogName
        or PostgresErrorCodes.InsufficientPrivilege
        or PostgresErrorCodes.InvalidAuthorizationSpecification;

    private MigrationsException WaitedTooLong(string verb, PostgresException error) => new(
        DiagnosticCodes.TimedOut,
        FormattableString.Invariant(
            $"The database {Name} wasn't {verb}: another transaction has had a lock on it for {waitTimeout.TotalSeconds:0.###} s. ")
        + "End that transaction, then run the command again.",
        Hint.Add("Or wait longer", "DbWaitTimeout", "<seconds>"),
        inner: error);

    private static string Clause(string keyword, string name) => name.Length == 0 ? "" : $"{keyword} {SqlText.Quote(name)}";
}
