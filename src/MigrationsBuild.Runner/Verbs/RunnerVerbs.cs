using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>The verbs that the runner executes. A new one needs a class and an entry here.</summary>
internal static class RunnerVerbs
{
    public static IReadOnlyDictionary<Verb, IRunnerVerb> All { get; } = new IRunnerVerb[]
    {
        new Migrate(),
        new Rollback(),
        new Reset(),
        new Stamp(),
        new Current(),
        new History(),
        new Heads(),
        new Show(),
        new Script(),
        new Check(),
    }.ToDictionary(verb => verb.Definition);

    /// <summary>The verb of a name in <see cref="VerbTable"/>; <see langword="null"/> if the runner doesn't have it.</summary>
    public static IRunnerVerb? Find(string name) => VerbTable.Find(name) is { } definition ? All.GetValueOrDefault(definition) : null;
}
