using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Sql;
using MigrationsBuild.Worker.Source;

namespace MigrationsBuild.Worker.Application;

/// <summary>Reads the connection of a context.</summary>
internal static class ContextConnection
{
    /// <summary>The connection of a context as a message: see <see cref="WorkerMessages.Connection"/>.</summary>
    public static MessageLine Of(DbContext context)
    {
        var options = context.GetService<IDbContextOptions>().Extensions.OfType<RelationalOptionsExtension>().First();
        var message = new MessageLine(WorkerMessages.Connection).With("context", context.GetType().LongName());

        // A data source doesn't show its password, and Npgsql creates one itself if enums are mapped. The configured text has the password.
        var name = NamedConnections.NameOf(context);
        var configured = name is null ? options.ConnectionString : null;
        try
        {
            var text = configured ?? context.Database.GetConnectionString() ?? context.Database.GetDbConnection().ConnectionString;
            if (name is not null && text.Length == 0)
                return message.With("problem", $"the application's configuration has no {name}");
            message = context.Database.ProviderName == SqlDialects.SqliteProvider
                ? AddSqlite(message, context, text)
                : message.With("string", text);
        }
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException or NotSupportedException)
        {
            // The model needs no connection, so the verdict doesn't depend on it.
            return message.With("problem", Secrets.Mask(failure.Message));
        }

        var dataSource = options.GetType().GetProperty("DataSource")?.GetValue(options);
        return message.With("hides-password", configured is null && dataSource is not null);
    }

    private static MessageLine AddSqlite(MessageLine message, DbContext context, string text)
    {
        var builder = DbProviderFactories.GetFactory(context.Database.GetDbConnection())!.CreateConnectionStringBuilder()!;
        builder.ConnectionString = text;
        var location = SqliteLocation.Of((string)builder["Data Source"], builder["Mode"].ToString()!);
        if (location.Path is not null)
            builder["Data Source"] = location.Path;
        return message.With("string", location.Path is null ? text : builder.ConnectionString).With("remark", location.Remark);
    }
}
