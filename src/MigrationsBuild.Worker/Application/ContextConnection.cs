using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Worker.Application;

/// <summary>What a context connects to.</summary>
internal static class ContextConnection
{
    /// <summary>The connection of a context as a message: see <see cref="WorkerMessages.Connection"/>.</summary>
    public static MessageLine Of(DbContext context)
    {
        var options = context.GetService<IDbContextOptions>().Extensions.OfType<RelationalOptionsExtension>().First();

        // A data source doesn't show its password, and Npgsql makes one itself where enums are mapped; what the user wrote has it.
        var isName = options.ConnectionString?.StartsWith("name=", StringComparison.OrdinalIgnoreCase) == true;
        var configured = isName ? null : options.ConnectionString;
        return new MessageLine(WorkerMessages.Connection)
            .With("context", context.GetType().FullName)
            .With("string", configured ?? context.Database.GetConnectionString() ?? context.Database.GetDbConnection().ConnectionString)
            .With("hides-password", configured is null && options.GetType().GetProperty("DataSource")?.GetValue(options) is not null);
    }
}
