using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;
using Npgsql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <summary>The role of <c>DbRole</c>. It owns everything that the run creates, whichever user the run connects as.</summary>
/// <param name="name">The role; empty for the user's own.</param>
/// <param name="user">The user of the connection string.</param>
internal sealed class SessionRole(string name, string? user)
{
    public bool IsSet => name.Length > 0;

    /// <summary>The role, or else the user, that owns a database that the run can't create itself.</summary>
    public string Owner => IsSet ? name : user ?? "";

    /// <summary>The role; empty for the user's own.</summary>
    public string Name => name;

    public SqlCommand SetStatement => $"SET ROLE {SqlText.Quote(name)}";

    /// <summary>Explains why the user can't become the role.</summary>
    /// <param name="failure">A <see cref="PostgresException"/>, or an exception that one has caused.</param>
    public MigrationsException Explain(Exception failure)
    {
        var error = failure as PostgresException ?? failure.InnerException as PostgresException;
        var exists = error?.SqlState is not (PostgresErrorCodes.UndefinedObject or PostgresErrorCodes.InvalidParameterValue);
        var fix = exists
            ? $"Have an administrator run: GRANT {SqlText.Quote(name)} TO {SqlText.Quote(user ?? "")}"
            : "Correct the name of the role, or have an administrator create it.";
        return new MigrationsException(
            DiagnosticCodes.NoPermission, $"{user} can't become the role {name}: {failure.Message}. {fix}", inner: failure);
    }
}
