using MigrationsBuild.Reliability.Rounds;

namespace MigrationsBuild.Reliability;

/// <summary>The table of all rounds.</summary>
internal sealed class Report
{
    private readonly List<string> _rows = [];
    private readonly List<string> _notes = [];

    /// <summary>How many rounds were lost.</summary>
    public int Lost { get; private set; }

    /// <summary>Adds the rounds of a kind.</summary>
    public void Add(RoundKind kind, IReadOnlyList<Round> rounds)
    {
        var runs = rounds.SelectMany(round => round.Runs).ToList();
        var lost = rounds.Count(round => round.IsLost);
        Lost += lost;
        var longest = runs.Select(run => run.Time.TotalSeconds).DefaultIfEmpty().Max();
        var (faults, waited) = (rounds.Sum(round => round.Faults.Count), runs.Count(run => run.HasWaited));
        _rows.Add(FormattableString.Invariant(
            $"| `{kind.Name}` | {kind.About} | {rounds.Count} | {runs.Count} | {faults} | {waited} | {lost} | {longest:0.0} s |"));
        if (rounds.Sum(round => round.Foreign.Runs) is > 0 and var foreign)
        {
            _notes.Add(
                $"`{kind.Name}`: of {foreign} runs of EF Core's own tool {rounds.Sum(round => round.Foreign.Failed)} failed; "
                + $"it applied {rounds.Sum(round => round.ForeignMigrations.Applied)} of "
                + $"{rounds.Sum(round => round.ForeignMigrations.All)} migrations, "
                + $"and in {rounds.Count(IsShared)} rounds both it and the runner applied some.");
        }
    }

    private static bool IsShared(Round round) =>
        round.ForeignMigrations.Applied > 0 && round.ForeignMigrations.Applied < round.ForeignMigrations.All;

    /// <summary>Prints the table.</summary>
    public void Print()
    {
        Console.WriteLine("| rounds | what is done | rounds | runs | faults | waited for another | lost rounds | longest run |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        _rows.ForEach(Console.WriteLine);
        Console.WriteLine();
        _notes.ForEach(Console.WriteLine);
    }
}
