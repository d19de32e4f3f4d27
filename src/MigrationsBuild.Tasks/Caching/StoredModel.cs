using MigrationsBuild.Contexts;
using MigrationsBuild.Messages;
using MigrationsBuild.Tasks.Fingerprints;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Caching;

/// <summary>
/// The fingerprint of the code from which the worker's last answer was computed, stored below <c>obj</c>. If the assemblies have changed
/// and this code hasn't, the answer still holds. Only local builds use it. The stamp of the answer doesn't change, so verbs ask the worker.
/// </summary>
/// <param name="project">The project.</param>
/// <param name="inputs">The stamp of the task.</param>
internal sealed class StoredModel(ProjectDescription project, InputStamp inputs)
{
    private bool _isFound;
    private UnchangedModel? _unchanged;

    private string FileName => project.NameForArguments("model");

    private string FilePath => project.StateFile(FileName);

    /// <summary>Why <see cref="Find"/> returned what it did, for the log.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Begins to compute the fingerprint, which takes less time than the worker's answer.</summary>
    /// <returns>The code; without a fingerprint if the assemblies change in the meantime, or if there is none.</returns>
    public Task<ModelCode> BeginCompute() =>
        Task.Run(() => Compute(findsSources: true) is var code && !inputs.HasChangedCode ? code : ModelCode.Unknown);

    /// <summary>Stores the fingerprint of an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="fingerprint">The fingerprint of the code from which it was computed.</param>
    /// <param name="began">The time before the worker was asked. It may not have seen files that were written later.</param>
    public void Write(WorkerAnswer answer, string fingerprint, DateTime began)
    {
        var sources = SourcesOf(answer);
        if (!StoredAnswer.CanBeStored(answer) || fingerprint.Length == 0
            || sources.Exists(path => File.Exists(path) && File.GetLastWriteTimeUtc(path) >= began))
        {
            project.DeleteStateFile(FileName);
            return;
        }

        Write(new StoredState(inputs.All, inputs.Surroundings, fingerprint, inputs.All), sources.ConvertAll(StampedFile.Now));
    }

    /// <summary>
    /// The state in which the stored answer is valid; <see langword="null"/> if the model, or a file in which the answer locates something,
    /// may have changed. The fingerprint is computed once.
    /// </summary>
    public UnchangedModel? Find()
    {
        if (!_isFound)
            (_isFound, _unchanged) = (true, Compare());
        return _unchanged;
    }

    private UnchangedModel? Compare()
    {
        var messages = MessageFile.ReadIfPresent(FilePath);
        if (messages.FirstOrDefault()?.TryReadRecord<StoredState>() is not { } state)
        {
            Reason = "there is no model fingerprint of an earlier answer";
            return null;
        }

        var sources = messages.Skip(1).SelectMany(StampedFile.Read).ToList();
        if (sources.Find(source => source.HasChanged)?.Path is { } changed)
        {
            Reason = $"{changed} has changed";
            return null;
        }

        if (inputs.Surroundings != state.Surroundings)
        {
            Reason = "something besides the code has changed";
            return null;
        }

        if (inputs.All != state.Accepted)
        {
            if (Compute(findsSources: false).Fingerprint != state.Model)
            {
                Reason = "the model fingerprint has changed";
                return null;
            }

            Write(state with { Accepted = inputs.All }, sources);
        }

        Reason = "the model fingerprint is unchanged";
        return new UnchangedModel(state.Stamp, state.Accepted);
    }

    private ModelCode Compute(bool findsSources) =>
        ModelFingerprint.Of(project.AssemblyPath, project.Code, runsMain: project.MayBuildHost, findsSources: findsSources);

    private void Write(StoredState state, IEnumerable<StampedFile> sources) => MessageFile.Write(
        FilePath,
        StampedFile.ToMessages("source", sources).Prepend(new MessageLine("model").WithRecord(state)));

    /// <summary>
    /// The files that the worker reads itself: those of migrations, whose hashes are in the answer, and those in which findings are. An
    /// edit there may move a finding to another line, or change nothing but a comment.
    /// </summary>
    private static List<string> SourcesOf(WorkerAnswer answer) =>
    [
        .. answer.Contexts
            .SelectMany(context => context.Migrations.SelectMany(migration => new[] { migration.Source, migration.Designer })
                .Concat(context.Drift.Select(finding => finding.Location?.File).OfType<string>()))
            .Distinct(),
    ];
}

/// <summary>An answer that is still valid although the assemblies have changed.</summary>
/// <param name="Answer">The stamp of the answer.</param>
/// <param name="Before">The stamp of the last state in which it was known to be valid.</param>
internal sealed record UnchangedModel(string Answer, string Before);

/// <summary>The state in which an answer holds.</summary>
/// <param name="Stamp">The stamp of the answer.</param>
/// <param name="Surroundings">The stamp of everything but the code.</param>
/// <param name="Model">The fingerprint of the code.</param>
/// <param name="Accepted">The stamp of the last state for which the answer was found to hold.</param>
internal sealed record StoredState(string Stamp, string Surroundings, string Model, string Accepted);
