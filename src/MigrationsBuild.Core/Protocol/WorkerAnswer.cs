using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Protocol;

/// <summary>What the worker answers to a <see cref="WorkerRequest"/>.</summary>
/// <param name="Contexts">The contexts of the project's assembly.</param>
/// <param name="Problems">Why there is no verdict, or why the verb can't do its work.</param>
public sealed record WorkerAnswer(IReadOnlyList<ContextReport> Contexts, IReadOnlyList<Diagnostic> Problems)
{
    /// <summary>
    /// Every context that was seen, with those that aren't reported. None if there are problems and it isn't known which contexts there
    /// are.
    /// </summary>
    public IReadOnlyList<SeenContext> Seen { get; init; } = [];

    /// <summary>The migration that a revision drafts or a discard removes, as it will be, or was, in its context's report.</summary>
    public MigrationReport? Target { get; init; }

    /// <summary>Full name of the context that <see cref="Target"/> belongs to.</summary>
    public string TargetContext { get; init; } = "";

    /// <summary>What of a draft is known not to work, a sentence each.</summary>
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
        {
            yield return new MessageLine("target").With("context", TargetContext).WithRecord(Target);
        }

        foreach (var change in Changes)
            yield return new MessageLine("file").WithRecord(change);
        foreach (var text in DraftWarnings)
            yield return new MessageLine("draft-warning").With("text", text);
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="messages">What <see cref="ToMessages"/> gave, complete: see <see cref="MessagePipe"/>.</param>
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
