using MigrationsBuild.Reliability;
using MigrationsBuild.Reliability.Rounds;
using MigrationsBuild.Testing;

// Migrates a real PostgreSQL with many runs at once, and with runs that are killed, cut off, or left without a server, and looks whether
// each migration has happened exactly once. Prints a table; exits with 1 if a round is lost. See docs/reliability.md. Usage:
// dotnet run -c Release --project tests/MigrationsBuild.Reliability [rounds] [kind…] [--seed N] [--from ROUND] [--minutes N]
Arguments arguments;
try
{
    arguments = Arguments.Parse(args);
}
catch (FormatException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 2;
}

Console.WriteLine($"Seed {arguments.Seed}");
var deadline = DateTime.UtcNow + TimeSpan.FromMinutes(arguments.Minutes);
var report = new Report();
try
{
    using var server = PostgreSqlServer.StartOwn();
    foreach (var name in arguments.Kinds)
    {
        Console.Error.WriteLine($"{name} …");
        using var kind = RoundKinds.Create(name, server);
        var rounds = new List<Round>();
        for (var number = arguments.From; number < arguments.From + arguments.Rounds && DateTime.UtcNow < deadline; number++)
        {
            var round = await kind.PlayAsync(number, arguments.Seed);
            if (round.IsLost)
                Console.WriteLine(round);
            rounds.Add(round);
        }

        report.Add(kind, rounds);
    }
}
catch (InvalidOperationException failure)
{
    // Caught, so that the server has been stopped.
    Console.Error.WriteLine(failure);
    return 2;
}

report.Print();
return report.Lost == 0 ? 0 : 1;
