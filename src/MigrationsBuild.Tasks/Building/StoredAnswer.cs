using MigrationsBuild.Files;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Tasks.Building;

/// <summary>
/// The worker's last answer, kept below <c>obj</c> with a stamp of everything that the model may come from: while the stamp is the same,
/// nobody needs to ask again.
/// </summary>
/// <param name="project">The project.</param>
public sealed class StoredAnswer(ProjectDescription project)
{
    /// <summary>The stamp of the project as it is now: our version and settings, and size and time of every input.</summary>
    public string Stamp()
    {
        var settings = string.Join("|", project.Projects) + "|" + project.AssemblyPath + "|" + project["HostOptions"] + "|" + project.DraftsByItself;
        var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") + "|" + Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT");
        return settings + "|" + environment + "|" + string.Join("|", project.Inputs.Select(path => path + "=" + FileStamp.Of(path)));
    }

    /// <summary>The answer, if it still holds.</summary>
    public WorkerAnswer? Read()
    {
        var messages = MessageFile.ReadIfPresent(FilePath);
        return messages.Count > 0 && messages[0]["text"] == Stamp() ? WorkerAnswer.From(messages.Skip(1)) : null;
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
    }

    private const string FileName = "answer";

    private string FilePath => project.StateFile(FileName);
}
