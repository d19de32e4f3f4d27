using MigrationsBuild.Reliability.Faults;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Reliability.Rounds;

/// <summary>All kinds of rounds, by name.</summary>
public static class RoundKinds
{
    private static readonly string[] _killed =
    [
        "kill-runner", "kill-between", "cut-connection", "terminate-backend", "kill-backend", "restart-fast", "restart-immediate",
    ];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All { get; } = ["crowd", "crowd-ef", "concurrently", "hostile", .. _killed];

    /// <summary>The kinds of a name, which can stand for several.</summary>
    /// <param name="name">A kind's name, <c>killed</c>, <c>restart-server</c> or <c>all</c>.</param>
    /// <returns>Names; empty if there is no such.</returns>
    public static IReadOnlyList<string> Named(string name) => name switch
    {
        "all" => All,
        "killed" => _killed,
        "restart-server" => ["restart-fast", "restart-immediate"],
        _ => All.Contains(name) ? [name] : [],
    };

    /// <summary>Whether a round ends all sessions of its server, also those of others.</summary>
    /// <param name="name">One of <see cref="All"/>.</param>
    public static bool CrashesServer(string name) => name == "kill-backend" || Named("restart-server").Contains(name);

    /// <summary>Prepares a kind.</summary>
    /// <param name="name">One of <see cref="All"/>.</param>
    /// <param name="server">A server. It may be crashed (<see cref="CrashesServer"/>).</param>
    public static RoundKind Create(string name, PostgreSqlServer server) => name switch
    {
        "crowd" => new CrowdRounds(server),
        "crowd-ef" => new EfCrowdRounds(server),
        "concurrently" => new ConcurrentIndexRounds(server),
        "hostile" => new HostileRounds(server),
        "kill-runner" => new DisturbedRounds(server, new KilledRunner()),
        "kill-between" => new DisturbedRounds(server, new KilledBetween(killsRunner: true)),
        "cut-connection" => new DisturbedRounds(server, new KilledBetween(killsRunner: false)),
        "terminate-backend" => new DisturbedRounds(server, new TerminatedBackend()),
        "kill-backend" => new DisturbedRounds(server, new KilledBackend()),
        "restart-fast" => new DisturbedRounds(server, new RestartedServer("fast")),
        "restart-immediate" => new DisturbedRounds(server, new RestartedServer("immediate")),
        _ => throw new ArgumentException($"There is no kind {name}: {string.Join(", ", All)}.", nameof(name)),
    };
}
