using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Contexts;

/// <summary>The worker's answer to a <see cref="WorkerRequest"/>.</summary>
/// <param name="Contexts">The contexts of the project's assembly.</param>
/// <param name="Problems">The reasons why there is no verdict, or why the verb can't do its work.</param>
public sealed record WorkerAnswer(IReadOnlyList<ContextReport> Contexts, IReadOnlyList<Diagnostic> Problems)
{
    /// <summary>
    /// Every context that was found, including those without a report. Empty if a problem prevented the search.
    /// </summary>
    public IReadOnlyList<SeenContext> Seen { get; init; } = [];

    /// <summary>The migration that a revision adds or a discard removes.</summary>
    public MigrationReport? Target { get; init; }

    /// <summary>Full name of the context that <see cref="Target"/> belongs to.</summary>
    public string TargetContext { get; init; } = "";

    /// <summary>The statements of a draft that will fail or lose something, one sentence each.</summary>
    public IReadOnlyList<string> DraftWarnings { get; init; } = [];

    /// <summary>The C# files that the verb changes.</summary>
    public IReadOnlyList<SourceChange> Changes { get; init; } = [];

    /// <summary>The answer as messages.</summary>
    public IEnumerable<MessageLine> ToMessages()
    {
        foreach (var message in Contexts.SelectMany(context => context.ToMessages()))
            yield return message;
        foreach (var problem in Problems)
            yield return problem.ToMessage("problem");
        foreach (var seen in Seen)
            yield return new MessageLine("seen").WithRecord(seen);
        if (Target is not null)
            yield return new MessageLine("target").With("context", TargetContext).WithRecord(Target);
        foreach (var change in Changes)
            yield return new MessageLine("file").WithRecord(change);
        foreach (var text in DraftWarnings)
            yield return new MessageLine("draft-warning").With("text", text);
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="messages">The complete result of <see cref="ToMessages"/>: see <see cref="MessagePipe"/>.</param>
    public static WorkerAnswer From(IEnumerable<MessageLine> messages)
    {
        var all = messages.ToList();
        var target = all.Find(message => message.Name == "target");
        return new WorkerAnswer(
            ContextReport.ReadAll(all),
            [.. all.Where(message => message.Name == "problem").Select(message => message.ToDiagnostic())])
        {
            Seen = [.. all.Where(message => message.Name == "seen").Select(message => message.ReadRecord<SeenContext>())],
            Target = target?.ReadRecord<MigrationReport>(),
            TargetContext = target?["context"] ?? "",
            DraftWarnings = [.. all.Where(message => message.Name == "draft-warning").Select(message => message["text"])],
            Changes = [.. all.Where(message => message.Name == "file").Select(message => message.ReadRecord<SourceChange>())],
        };
    }
}
