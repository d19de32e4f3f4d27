using MigrationsBuild.Contexts;
using MigrationsBuild.Messages;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Caching;

/// <summary>The outcomes of <c>DbVerify</c>, stored below <c>obj</c>. <c>DbApprove</c> copies them to the approvals file.</summary>
internal sealed class StoredVerifications(ProjectDescription project)
{
    private const string MessageName = "verification";

    /// <summary>The file.</summary>
    public string FilePath => project.StateFile("verifications");

    /// <summary>The outcomes for a context.</summary>
    public IReadOnlyCollection<Verification> Read(ContextReport context) =>
        [.. ReadAll().Where(message => message["context"] == context.Name).Select(message => message.ReadRecord<Verification>())];

    /// <summary>Stores outcomes in place of earlier ones of the same migrations.</summary>
    public void Write(ContextReport context, IReadOnlyCollection<Verification> outcomes)
    {
        var ids = outcomes.Select(outcome => outcome.Id).ToList();
        var others = ReadAll().Where(message =>
            message["context"] != context.Name || !ids.Contains(message.ReadRecord<Verification>().Id));
        MessageFile.Write(
            FilePath,
            [.. others, .. outcomes.Select(outcome => new MessageLine(MessageName).With("context", context.Name).WithRecord(outcome))]);
    }

    private IEnumerable<MessageLine> ReadAll() =>
        MessageFile.ReadIfPresent(FilePath).Where(message => message.Name == MessageName);
}
