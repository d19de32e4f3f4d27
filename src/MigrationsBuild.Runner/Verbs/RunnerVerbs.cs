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
        new DeploymentCheck(),
    }.ToDictionary(verb => verb.Definition);

    /// <summary>The verb with a name; <see langword="null"/> if the runner doesn't have it.</summary>
    public static IRunnerVerb? Find(string name) =>
        VerbTable.FindOfRunner(name) is { } definition ? All.GetValueOrDefault(definition) : null;
}
