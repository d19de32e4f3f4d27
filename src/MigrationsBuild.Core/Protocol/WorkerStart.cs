using MigrationsBuild.Messages;

namespace MigrationsBuild.Protocol;

/// <summary>
/// What the worker gets over standard input when it starts. The <see cref="WorkerRequest"/> follows, after the compilation if the worker is
/// started before it. If standard input ends before the request, the worker exits.
/// </summary>
/// <param name="AnswerPipe">
/// The handle of the pipe for the answer, which the process inherits. Standard output belongs to the code of the application, and
/// concurrent calls would share a file with a fixed name.
/// </param>
/// <param name="ProfilePath">
/// The absolute path of the start-up profile of workers that write no code, in an existing folder; empty for none.
/// </param>
/// <param name="IsEarly">Whether the projects are compiled before the request follows.</param>
/// <param name="WritesCode">Whether the request will ask for C#: see <see cref="WorkerRequest.WritesCode"/>.</param>
public sealed record WorkerStart(string AnswerPipe, string ProfilePath, bool IsEarly = false, bool WritesCode = false)
{
    /// <summary>
    /// The path of the start-up profile of workers that write code; empty for none. They also need the methods of EF Core's Design package
    /// and of Roslyn, which are as many as all others together.
    /// </summary>
    public string CodeProfilePath => CodeProfileBeside(ProfilePath);

    /// <summary>The <see cref="CodeProfilePath"/> of a <see cref="ProfilePath"/>.</summary>
    public static string CodeProfileBeside(string profilePath) => profilePath.Length == 0 ? "" : profilePath + ".code";

    /// <summary>This as messages.</summary>
    public IEnumerable<MessageLine> ToMessages() => [new MessageLine("start").WithRecord(this)];

    /// <summary>Reads the messages.</summary>
    /// <param name="messages">The result of <see cref="ToMessages"/>.</param>
    public static WorkerStart From(IEnumerable<MessageLine> messages) => messages.First().ReadRecord<WorkerStart>();
}
