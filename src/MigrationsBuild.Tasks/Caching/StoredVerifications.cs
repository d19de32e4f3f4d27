using MigrationsBuild.Contexts;
using MigrationsBuild.Files;
using MigrationsBuild.Messages;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Caching;

/// <summary>
/// The outcomes of <c>DbVerify</c> for a context, stored below <c>obj</c>. <c>DbApprove</c> copies them to the approvals file. Each
/// argument set has its own, because its SQL may be another one.
/// </summary>
internal sealed class StoredVerifications(ProjectDescription project, ContextReport context)
{
    /// <summary>The file.</summary>
    public string FilePath =>
        project.StateFile(project.NameForArguments("verified." + ContentHash.OfText(context.Name).Substring(0, 16)));

    /// <summary>The outcomes. Those of a damaged file don't count, so the migrations have to be verified again.</summary>
    public IReadOnlyCollection<Verification> Read() => MessageFile.TryReadRecords<Verification>(FilePath) ?? [];

    /// <summary>Stores outcomes in place of earlier ones of the same migrations.</summary>
    public void Write(IReadOnlyCollection<Verification> outcomes)
    {
        var ids = outcomes.Select(outcome => outcome.Id).ToList();
        var all = Read().Where(outcome => !ids.Contains(outcome.Id)).Concat(outcomes);
        MessageFile.Write(FilePath, all.Select(outcome => new MessageLine("verification").WithRecord(outcome)));
    }
}
