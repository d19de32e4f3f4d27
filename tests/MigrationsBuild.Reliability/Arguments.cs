using System.Globalization;
using MigrationsBuild.Reliability.Rounds;

namespace MigrationsBuild.Reliability;

/// <summary>The arguments of the command line.</summary>
/// <param name="Rounds">How many rounds of each kind.</param>
/// <param name="Kinds">Which kinds.</param>
/// <param name="Seed">What all chance comes from.</param>
/// <param name="From">The number of the first round.</param>
/// <param name="Minutes">After this time no round begins.</param>
internal sealed record Arguments(int Rounds, IReadOnlyList<string> Kinds, int Seed, int From, int Minutes)
{
    /// <summary>Parses a command line.</summary>
    /// <exception cref="FormatException">There is no such kind or option.</exception>
    public static Arguments Parse(string[] args)
    {
        var result = new Arguments(10, [], Random.Shared.Next(1, 1_000_000), 1, 60);
        for (var i = 0; i < args.Length; i++)
        {
            int Value() => i + 1 < args.Length ? int.Parse(
                args[++i], CultureInfo.InvariantCulture) : throw new FormatException($"{args[i]} needs a number.");
            result = args[i] switch
            {
                "--seed" => result with { Seed = Value() },
                "--from" => result with { From = Value() },
                "--minutes" => result with { Minutes = Value() },
                var text when int.TryParse(text, CultureInfo.InvariantCulture, out var rounds) => result with { Rounds = rounds },
                var name when RoundKinds.Named(name) is { Count: > 0 } kinds => result with { Kinds = [.. result.Kinds, .. kinds] },
                var other => throw new FormatException(
                    $"There is no {other}. Kinds: all, killed, restart-server, {string.Join(", ", RoundKinds.All)}."),
            };
        }

        return result.Kinds.Count > 0 ? result : result with { Kinds = RoundKinds.All };
    }
}
