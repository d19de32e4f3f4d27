using MigrationsBuild.Messages;

namespace MigrationsBuild.Protocol;

/// <summary>A step of the worker, which it reports when the step begins.</summary>
/// <param name="Text">A line for people; empty when the work is finished.</param>
/// <param name="Limit">The time limit of the step, after which the worker reports an error.</param>
public sealed record WorkerProgress(string Text, TimeSpan Limit)
{
    /// <summary>The step as a message.</summary>
    public MessageLine ToMessage() => new MessageLine(WorkerMessages.Progress).WithRecord(this);

    /// <summary>Reads a message.</summary>
    /// <param name="message">The result of <see cref="ToMessage"/>.</param>
    public static WorkerProgress From(MessageLine message) => message.ReadRecord<WorkerProgress>();
}
