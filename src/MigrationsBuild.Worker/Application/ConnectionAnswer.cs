using System.IO.Pipes;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Worker.Application;

/// <summary>Sends what contexts connect to through a pipe: a connection string must not come into a file.</summary>
/// <param name="pipeHandle">The handle that this process inherited.</param>
internal sealed class ConnectionAnswer(string pipeHandle) : IDisposable
{
    private readonly AnonymousPipeClientStream _pipe = new(PipeDirection.Out, pipeHandle);

    /// <summary>Sends the connection of a context.</summary>
    public void Send(DbContext context)
    {
        var options = context.GetService<IDbContextOptions>().Extensions.OfType<RelationalOptionsExtension>().First();

        // A data source doesn't tell its password, and Npgsql makes one itself where enums are mapped; what the user wrote does.
        var configured = options.ConnectionString is { } text && !text.StartsWith("name=", StringComparison.OrdinalIgnoreCase) ? text : null;
        var message = new MessageLine("connection")
            .With("context", context.GetType().FullName)
            .With("string", configured ?? context.Database.GetConnectionString() ?? context.Database.GetDbConnection().ConnectionString)
            .With("hides-password", configured is null && options.GetType().GetProperty("DataSource")?.GetValue(options) is not null);
        _pipe.Write(Encoding.UTF8.GetBytes(message + "\n"));
    }

    public void Dispose() => _pipe.Dispose();
}
