namespace MigrationsBuild.Protocol;

/// <summary>What the worker is at. It is sent when a step begins.</summary>
/// <param name="Text">A line for people; empty when the work is done.</param>
/// <param name="Limit">How long the step may take: after it the worker itself says that it took too long.</param>
public sealed record WorkerProgress(string Text, TimeSpan Limit)
{
    /// <summary>The step as a message.</summary>
    public MessageLine ToMessage() => new MessageLine(WorkerMessages.Progress).WithRecord(this);

    /// <summary>Reads a message.</summary>
    /// <param name="message">What <see cref="ToMessage"/> gave.</param>
    public static WorkerProgress From(MessageLine message) => message.ReadRecord<WorkerProgress>();
}
