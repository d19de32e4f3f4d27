using System.Text;
using MigrationsBuild.Reliability.Running;

namespace MigrationsBuild.Reliability.Rounds;

/// <summary>The runs and faults of one round, and the problems at its end.</summary>
/// <param name="kind">The name of its kind.</param>
/// <param name="number">The number, from 1.</param>
/// <param name="seed">The seed of the program's run.</param>
/// <param name="database">The database of this round alone.</param>
public sealed class Round(string kind, int number, int seed, string database)
{
    private readonly List<Run> _runs = [];
    private readonly List<string> _faults = [];
    private readonly List<string> _problems = [];
    private readonly StringBuilder _story = new();

    /// <summary>The number, from 1.</summary>
    public int Number => number;

    /// <summary>The seed of all random decisions.</summary>
    public int Seed => seed;

    /// <summary>The database of this round alone.</summary>
    public string Database => database;

    /// <summary>The processes that have run.</summary>
    public IReadOnlyList<Run> Runs => _runs;

    /// <summary>The faults that met a process.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The number of runs of EF Core's tool, and the number of those that failed.</summary>
    public (int Runs, int Failed) Foreign { get; private set; }

    /// <summary>The number of migrations that EF Core's tool has applied, and the number of all.</summary>
    public (int Applied, int All) ForeignMigrations { get; private set; }

    /// <summary>Whether there is a problem.</summary>
    public bool IsLost => _problems.Count > 0;

    /// <summary>Adds a run.</summary>
    /// <param name="run">The run.</param>
    public Run Add(Run run)
    {
        _runs.Add(run);
        _story.Append(run);
        return run;
    }

    /// <summary>Adds a run of EF Core's tool, which may fail.</summary>
    /// <param name="run">The run.</param>
    public void AddForeign(Run run)
    {
        Foreign = (Foreign.Runs + 1, Foreign.Failed + (run.ExitCode == 0 ? 0 : 1));
        _story.Append(run);
    }

    /// <summary>Adds the migrations that EF Core's tool has applied.</summary>
    /// <param name="applied">How many migrations.</param>
    /// <param name="all">Of how many.</param>
    public void AddForeignMigrations(int applied, int all) => ForeignMigrations = (applied, all);

    /// <summary>Adds a fault.</summary>
    /// <param name="fault">What was done, and when.</param>
    public void AddFault(string fault)
    {
        _faults.Add(fault);
        _story.Append("! ").Append(fault).Append('\n');
    }

    /// <summary>Adds a problem: the round is lost.</summary>
    /// <param name="problem">What is wrong.</param>
    public void Lose(string problem) => _problems.Add(problem);

    /// <summary>All details of a lost round.</summary>
    public override string ToString() =>
        $"LOST: {kind}, round {number}, seed {seed} (again: 1 {kind} --seed {seed} --from {number})\n{string.Join("\n", _problems)}\n"
        + $"{_story}";
}
