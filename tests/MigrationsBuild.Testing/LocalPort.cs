using System.Net;
using System.Net.Sockets;

namespace MigrationsBuild.Testing;

/// <summary>Ports of the loopback address.</summary>
internal static class LocalPort
{
    /// <summary>A port that nothing listens on.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
