using System.Net;

namespace MigrationsBuild.Protocol;

/// <summary>Recognizes hosts of this machine, in the form that Npgsql takes: <c>host:port</c>, separated by commas.</summary>
public static class LocalHosts
{
    /// <summary>Whether each of the hosts is a loopback address or a local socket, which may be the end of a tunnel.</summary>
    /// <param name="hosts">The hosts.</param>
    public static bool AreLocal(string hosts) => hosts.Split(',').All(host => IsLocal(host.Trim()));

    private static bool IsLocal(string host) => host.Length > 0
        && (host[0] is '/' or '@'
            || string.Equals(WithoutPort(host), "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(WithoutPort(host), out var address) && IPAddress.IsLoopback(address)));

    /// <summary>The host without its port. An IPv6 address contains colons, and is in brackets if a port follows.</summary>
    private static string WithoutPort(string host)
    {
        if (host[0] == '[' && host.IndexOf(']') is > 0 and var end)
            return host.Substring(1, end - 1);
        var colon = host.IndexOf(':');
        return colon > 0 && host.LastIndexOf(':') == colon ? host.Substring(0, colon) : host;
    }
}
