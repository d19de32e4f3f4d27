using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace MigrationsBuild.Reliability.Running;

/// <summary>The moment at which a <see cref="Relay"/> asks whether to forward data.</summary>
public enum RelayMoment
{
    /// <summary>A client has connected, and the server doesn't know of it yet.</summary>
    Connected,

    /// <summary>A client has sent a request, and the server hasn't received it yet.</summary>
    Request,

    /// <summary>The server has executed the request, and the client doesn't know it yet.</summary>
    Answer,
}

/// <summary>Decides whether to forward the next data. If not, the connection is cut.</summary>
/// <param name="moment">What comes next.</param>
/// <param name="request">The request's number, from 1 over all connections; before the first, 0.</param>
public delegate Task<bool> RelayDecision(RelayMoment moment, int request);

/// <summary>
/// Stands between clients and a PostgreSQL server and passes on requests and answers one at a time, by its protocol: whoever looks on can
/// strike exactly between a statement's end and the client's knowledge of it.
/// </summary>
/// <seealso href="https://www.postgresql.org/docs/current/protocol-flow.html"/>
public sealed class Relay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly RelayDecision _decide;
    private int _request;

    /// <summary>Begins to listen.</summary>
    /// <param name="connection">The server, and whatever else clients need to know.</param>
    /// <param name="decide">Is asked before anything is passed on.</param>
    public Relay(string connection, RelayDecision decide)
    {
        (_server, _decide) = (new NpgsqlConnectionStringBuilder(connection), decide);
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The connection string for clients. The relay reads the protocol, so there is no encryption.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server.ConnectionString)
    {
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        Timeout = 60,
    }.ConnectionString;

    /// <summary>The number of requests so far.</summary>
    public int Requests => _request;

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = PassOnAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The round is over.
        }
    }

    private async Task PassOnAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                if (!await _decide(RelayMoment.Connected, _request))
                    return;
                await server.ConnectAsync(_server.Host!, _server.Port);
                client.NoDelay = server.NoDelay = true;
                await await Task.WhenAny(
                    RequestsAsync(client.GetStream(), server.GetStream()), AnswersAsync(server.GetStream(), client.GetStream()));
            }
            catch (Exception end) when (end is IOException or SocketException or ObjectDisposedException)
            {
                // One side has gone: so does the other, as if there were nothing between them.
            }
        }
    }

    private async Task RequestsAsync(NetworkStream client, NetworkStream server)
    {
        await server.WriteAsync(await Frame.ReadUntypedAsync(client));
        var buffer = new MemoryStream();
        while (await Frame.ReadAsync(client) is { } frame)
        {
            buffer.Write(frame.Bytes);
            // The server begins to work at once, so that whole requests must be held back.
            if (!frame.EndsRequest && !frame.StandsAlone)
                continue;
            if (frame.EndsRequest && !await _decide(RelayMoment.Request, Interlocked.Increment(ref _request)))
                return;
            await server.WriteAsync(buffer.ToArray());
            buffer.SetLength(0);
        }
    }

    private async Task AnswersAsync(NetworkStream server, NetworkStream client)
    {
        var buffer = new MemoryStream();
        var isLoggedIn = false;
        while (await Frame.ReadAsync(server) is { } frame)
        {
            buffer.Write(frame.Bytes);
            if (!frame.EndsAnswer && !frame.IsOfLogin)
                continue;
            // What ends the login answers no request.
            if (frame.EndsAnswer && isLoggedIn && !await _decide(RelayMoment.Answer, _request))
                return;
            isLoggedIn |= frame.EndsAnswer;
            await client.WriteAsync(buffer.ToArray());
            buffer.SetLength(0);
        }

        // What the server says as it goes.
        await client.WriteAsync(buffer.ToArray());
    }
}
