using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;
using Npgsql;

namespace MigrationsBuild.Runner.Databases.PostgreSql;

/// <content>Who owns what is made: the role of <c>DbRole</c>, so that everybody who may migrate makes tables of one owner.</content>
internal sealed partial class PostgreSqlDatabase
{
    private string SetRole => $"SET ROLE {SqlText.Quote(Settings.Role)}";

    private async Task SetRoleAsync(CancellationToken cancellation)
    {
        if (Settings.Role.Length == 0)
            return;
        try
        {
            await ExecuteBatchAsync([SetRole], cancellation);
        }
        catch (SqlFailure failure) when (failure.InnerException is PostgresException)
        {
            throw RoleFailure(failure);
        }
    }

    private MigrationsException RoleFailure(Exception failure)
    {
        var isThere = (failure as PostgresException ?? failure.InnerException as PostgresException)?.SqlState is not (PostgresErrorCodes.UndefinedObject or PostgresErrorCodes.InvalidParameterValue);
        var fix = isThere
            ? $"Have an administrator run: GRANT {SqlText.Quote(Settings.Role)} TO {SqlText.Quote(_server.User ?? "")}"
            : "Correct the name of the role, or have an administrator create it.";
        return new MigrationsException(
            DiagnosticCodes.NoPermission,
            $"{_server.User} can't become the role {Settings.Role}: {failure.Message}. {fix}",
            inner: failure);
    }
}
