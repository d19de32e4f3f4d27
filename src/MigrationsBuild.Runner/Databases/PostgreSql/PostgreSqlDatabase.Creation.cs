using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;
using MigrationsBuild.Vocabulary;
using Npgsql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <content>Creating and dropping.</content>
internal sealed partial class PostgreSqlDatabase
{
    /// <summary>As EF Core's provider creates it. A collation of its own needs a template that has none.</summary>
    /// <param name="owner">The owner; empty for whoever executes it.</param>
    private string CreateDatabase(string owner) => string.Join(" ", new[]
    {
        $"CREATE DATABASE {SqlText.Quote(Name)}",
        Clause("OWNER", owner),
        Clause("TEMPLATE", _creation.Template.Length == 0 && _creation.Collation.Length > 0 ? "template0" : _creation.Template),
        Clause("LC_COLLATE", _creation.Collation),
        Clause("TABLESPACE", _creation.Tablespace),
    }.Where(clause => clause.Length > 0));

    public override async Task CreateAsync(CancellationToken cancellation)
    {
        try
        {
            await ExecuteElsewhereAsync(CreateDatabase(Settings.Role), cancellation);
        }
        catch (PostgresException failure) when (failure.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another run was faster.
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.UndefinedObject && Settings.Role.Length > 0)
        {
            throw _role.Explain(failure);
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new MigrationsException(
                DiagnosticCodes.NoPermission, $"The database {Name} doesn't exist, and {_server.User} may not create it: {failure.MessageText}. Have an administrator run: {CreateDatabase(Settings.Role.Length > 0 ? Settings.Role : _server.User ?? "")}", inner: failure);
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw WaitedElsewhere("created", failure);
        }
        catch (PostgresException failure) when (!failure.IsTransient && !ServerErrors.EndsSession(failure))
        {
            throw new MigrationsException(DiagnosticCodes.SqlFailed, $"The database {Name} doesn't exist and can't be created: {failure.MessageText} [{failure.SqlState}]. The statement: {CreateDatabase(Settings.Role)}", inner: failure);
        }
        catch (Exception failure) when (ConnectionFailures.IsOfDriver(failure, cancellation))
        {
            throw _failures.Explain(failure);
        }

        await ConnectAsync(cancellation);
    }

    public override async Task DropAsync(CancellationToken cancellation)
    {
        await DisposeAsync();
        try
        {
            // Whoever is still connected is disconnected: from PostgreSQL 13.
            await ExecuteElsewhereAsync($"DROP DATABASE {SqlText.Quote(Name)} WITH (FORCE)", cancellation);
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new MigrationsException(DiagnosticCodes.NoPermission, $"{_server.User} may not drop the database {Name}: {failure.MessageText}. Connect as its owner.", inner: failure);
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw WaitedElsewhere("dropped", failure);
        }
        catch (PostgresException failure) when (!ServerErrors.EndsSession(failure))
        {
            throw new MigrationsException(DiagnosticCodes.SqlFailed, $"The database {Name} can't be dropped: {failure.MessageText}{(failure.Detail is { } detail ? $" ({detail})" : "")} [{failure.SqlState}].", inner: failure);
        }
        catch (Exception failure) when (ConnectionFailures.IsOfDriver(failure, cancellation))
        {
            throw _failures.Explain(failure);
        }
    }

    /// <summary>Executes a statement while connected to another database of the server: the configured one, or one of those that every server has unless somebody dropped it.</summary>
    private async Task ExecuteElsewhereAsync(string sql, CancellationToken cancellation)
    {
        string[] candidates = _creation.AdminDatabase.Length > 0 ? [_creation.AdminDatabase] : ["postgres", "template1"];
        var refusals = new List<PostgresException>();
        foreach (var database in candidates)
        {
            NpgsqlConnection connection;
            try
            {
                connection = await _server.OpenDatabaseAsync(database, cancellation);
            }
            catch (PostgresException failure) when (failure.SqlState is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.InvalidAuthorizationSpecification)
            {
                refusals.Add(failure);
                continue;
            }
            catch (Exception failure) when (ConnectionFailures.IsOfDriver(failure, cancellation))
            {
                throw _failures.Explain(failure);
            }

            await using (connection)
            {
                foreach (var text in new[] { $"SET lock_timeout = {SessionState.Milliseconds(Settings.WaitTimeout)}", sql })
                {
                    await using var command = new NpgsqlCommand(text, connection);
                    await command.ExecuteNonQueryAsync(cancellation);
                }
            }

            return;
        }

        throw new MigrationsException(
            DiagnosticCodes.NoPermission,
            $"This needs a connection to another database of the server, and there is none: {string.Join("; ", refusals.Select(failure => failure.MessageText))}. "
            + $"Name one with UseAdminDatabase(\"…\"), or have an administrator run: {sql}",
            inner: refusals[0]);
    }

    private MigrationsException WaitedElsewhere(string verb, PostgresException failure) => new(
        DiagnosticCodes.TimedOut,
        FormattableString.Invariant($"The database {Name} wasn't {verb}: another transaction has had a lock on it for {Settings.WaitTimeout.TotalSeconds:0.###} s. ")
        + "End that transaction, then run the command again.",
        Hint.Add("Or wait longer", "DbWaitTimeout", "<seconds>"),
        inner: failure);

    private static string Clause(string keyword, string name) => name.Length == 0 ? "" : $"{keyword} {SqlText.Quote(name)}";
}
