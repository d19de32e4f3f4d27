using System.Globalization;
using MigrationsBuild.Files;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Caching;

/// <summary>
/// The worker's last answer, kept below <c>obj</c> with a stamp of everything that the model may come from: while the stamp is the same,
/// nobody needs to ask again.
/// </summary>
/// <param name="project">The project.</param>
internal sealed class StoredAnswer(ProjectDescription project)
{
    /// <summary>
    /// The stamp of the project as it is now: the request that a check would make, size and time of every input, and what else the code may
    /// depend on. A setting that the worker gets is part of the request, so it can't be forgotten here.
    /// </summary>
    public string Stamp()
    {
        // An MSBuild process may outlive a change of the time zone.
        TimeZoneInfo.ClearCachedData();
        var request = project.Request() with { AutoDraft = project.Settings.DraftsByItself };
        return Fingerprint.Of(string.Join("|",
        [
            MessagePipe.Text(request.ToMessages()),
            project["HostOptions"],
            EnvironmentFingerprint.Of(IsOfBuild),
            TimeZoneInfo.Local.Id,
            CultureInfo.CurrentCulture.Name,
            CultureInfo.CurrentUICulture.Name,
            .. project.Inputs.Distinct().Select(path => path + "=" + FileStamp.Of(path)),
        ]));
    }

    /// <summary>Whether a worker has answered in this build, when all was as it is now.</summary>
    public bool IsOfThisBuild => project.Answers.Has(project.FilePath, Stamp());

    /// <summary>The answer, if it still holds.</summary>
    /// <param name="ofThisBuild">Whether it must not be another call's.</param>
    public WorkerAnswer? Read(bool ofThisBuild = false)
    {
        var messages = MessageFile.ReadIfPresent(FilePath);
        return messages.Count > 0 && messages[0]["text"] == Stamp() && (!ofThisBuild || IsOfThisBuild) ? WorkerAnswer.From(messages.Skip(1)) : null;
    }

    /// <summary>Keeps an answer, if it may be given again: one without verdict may depend on what no stamp sees.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="stamp">The stamp when the worker was asked: what has changed since isn't in the answer.</param>
    public void Write(WorkerAnswer answer, string stamp)
    {
        if (answer.Problems.Count > 0 || answer.Target is not null)
        {
            project.DeleteStateFile(FileName);
            return;
        }

        var kept = new WorkerAnswer(answer.Contexts, []) { Seen = answer.Seen };
        MessageFile.Write(FilePath, new[] { new MessageLine("stamp").With("text", stamp) }.Concat(kept.ToMessages()));
        project.Answers.Add(project.FilePath, stamp);
    }

    /// <summary>Has the kept answer say of SQL what a later one says, to a verb: the C# may read what no stamp sees.</summary>
    /// <param name="later">The later answer.</param>
    /// <param name="stamp">The stamp when it was asked for.</param>
    public void Refresh(WorkerAnswer later, string stamp)
    {
        if (later.Problems.Count > 0 || Read() is not { } kept)
            return;
        Emission? Of(ContextReport context, MigrationReport migration) => later.Contexts.FirstOrDefault(other => other.Name == context.Name)
            ?.Migrations.FirstOrDefault(other => other.Id == migration.Id)?.Emission;
        MigrationReport Refreshed(ContextReport context, MigrationReport migration) =>
            migration.Emission is not null && Of(context, migration) is { } emission ? migration with { Emission = emission } : migration;
        var contexts = kept.Contexts.Select(context => context with
        {
            Migrations = [.. context.Migrations.Select(migration => Refreshed(context, migration))],
        });
        Write(kept with { Contexts = [.. contexts] }, stamp);
    }

    /// <summary>MSBuild sets variables of its own, and others in each of its nodes. The connection is the runner's, which reads it again.</summary>
    private bool IsOfBuild(string variable) => variable.TrimStart('_').StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith(project.Settings.ConnectionVariable, StringComparison.OrdinalIgnoreCase);

    private string FileName => project.NameForArguments("answer");

    private string FilePath => project.StateFile(FileName);
}
