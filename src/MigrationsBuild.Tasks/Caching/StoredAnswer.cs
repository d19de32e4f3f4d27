using MigrationsBuild.Contexts;
using MigrationsBuild.Messages;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Caching;

/// <summary>
/// The worker's last answer, stored below <c>obj</c> with a stamp of everything that the model may depend on. The worker is asked again
/// only if the stamp has changed.
/// </summary>
/// <param name="project">The project.</param>
/// <param name="inputs">The stamp of the task.</param>
internal sealed class StoredAnswer(ProjectDescription project, InputStamp inputs)
{
    private string FileName => project.NameForArguments("answer");

    private string FilePath => project.StateFile(FileName);

    /// <summary>Whether a worker has answered in this build with the current stamp.</summary>
    public bool IsOfThisBuild => project.Answers.Has(project.FilePath, inputs.All);

    /// <summary>Whether a worker has answered in this build without a verdict, or with a draft.</summary>
    public bool IsUnusableInThisBuild => project.Answers.IsUnusable(FilePath);

    /// <summary>The answer; <see langword="null"/> if there is none or the stamp has changed.</summary>
    /// <param name="ofThisBuild">Whether an answer of an earlier build doesn't count.</param>
    public WorkerAnswer? Read(bool ofThisBuild = false) => !ofThisBuild || IsOfThisBuild ? Read(inputs.All) : null;

    /// <summary>The answer; <see langword="null"/> if there is none with this stamp.</summary>
    public WorkerAnswer? Read(string stamp)
    {
        var messages = MessageFile.ReadIfPresent(FilePath);
        try
        {
            return messages.Count > 0 && messages[0]["text"] == stamp ? WorkerAnswer.From(messages.Skip(1)) : null;
        }
        catch (InvalidOperationException)
        {
            // It is damaged.
            return null;
        }
    }

    /// <summary>Whether there is an answer with this stamp.</summary>
    public bool Has(string stamp) => MessageFile.ReadIfPresent(FilePath, count: 1).Any(message => message["text"] == stamp);

    /// <summary>Whether an answer has a verdict, and no draft.</summary>
    public static bool CanBeStored(WorkerAnswer answer) => answer.Problems.Count == 0 && answer.Target is null;

    /// <summary>Stores an answer. One with problems is not stored: they may be fixed where no stamp shows it.</summary>
    public void Write(WorkerAnswer answer)
    {
        project.Answers.Set(FilePath, CanBeStored(answer));
        if (!CanBeStored(answer))
        {
            project.DeleteStateFile(FileName);
            return;
        }

        var kept = new WorkerAnswer(answer.Contexts, []) { Seen = answer.Seen };
        MessageFile.Write(FilePath, new[] { new MessageLine("stamp").With("text", inputs.All) }.Concat(kept.ToMessages()));
        project.Answers.Add(project.FilePath, inputs.All);
    }

    /// <summary>
    /// Replaces the SQL in the stored answer by that of a later answer to a verb. The C# of a migration may depend on something that no
    /// stamp covers.
    /// </summary>
    public void Refresh(WorkerAnswer later)
    {
        if (later.Problems.Count > 0 || Read() is not { } kept)
            return;
        var emissions = later.Contexts
            .SelectMany(context => context.Migrations, (context, migration) => (Key: (context.Name, migration.Id), migration.Emission))
            .GroupBy(pair => pair.Key)
            .ToDictionary(pairs => pairs.Key, pairs => pairs.First().Emission);
        MigrationReport Refreshed(ContextReport context, MigrationReport migration) =>
            migration.Emission is not null
            && emissions.TryGetValue((context.Name, migration.Id), out var found) && found is { } emission
                ? migration with { Emission = emission }
                : migration;
        var contexts = kept.Contexts.Select(context => context with
        {
            Migrations = [.. context.Migrations.Select(migration => Refreshed(context, migration))],
        });
        Write(kept with { Contexts = [.. contexts] });
    }
}
