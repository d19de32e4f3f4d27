using System.Net;

namespace MigrationsBuild.Protocol;

/// <summary>Tells hosts of this machine from others, in the form that Npgsql takes: <c>host:port</c>, separated by commas.</summary>
public static class LocalHosts
{
    /// <summary>Whether each of the hosts is a loopback address or a local socket. That says nothing about a tunnel behind it.</summary>
    /// <param name="hosts">The hosts.</param>
    public static bool AreLocal(string hosts) => hosts.Split(',').All(host => IsLocal(host.Trim()));

    private static bool IsLocal(string host) => host.Length > 0
        && (host[0] is '/' or '@'
            || string.Equals(WithoutPort(host), "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(WithoutPort(host), out var address) && IPAddress.IsLoopback(address)));

    /// <summary>An IPv6 address has colons of its own, and stands in brackets if a port follows.</summary>
    private static string WithoutPort(string host)
    {
        if (host[0] == '[' && host.IndexOf(']') is > 0 and var end)
            return host.Substring(1, end - 1);
        var colon = host.IndexOf(':');
        return colon > 0 && host.LastIndexOf(':') == colon ? host.Substring(0, colon) : host;
    }
}
