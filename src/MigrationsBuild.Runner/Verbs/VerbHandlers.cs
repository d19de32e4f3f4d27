using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>The handlers of all verbs that the runner executes. A new verb needs a class and an entry here.</summary>
internal static class VerbHandlers
{
    public static IReadOnlyDictionary<Verb, IVerbHandler> All { get; } = new IVerbHandler[]
    {
        new Migrate(),
        new Rollback(),
        new Reset(),
        new Stamp(),
        new Baseline(),
        new Current(),
        new History(),
        new Heads(),
        new Show(),
        new Script(),
        new Diff(),
        new Verify(),
        new Squash(),
        new DeploymentCheck(),
        new WriteExpectedSchema(),
        new Schema(),
    }.ToDictionary(handler => handler.Definition);

    /// <summary>The handler of the verb with a name; <see langword="null"/> if the runner doesn't have the verb.</summary>
    public static IVerbHandler? Find(string name) =>
        VerbTable.FindOfRunner(name) is { } definition ? All.GetValueOrDefault(definition) : null;
}
