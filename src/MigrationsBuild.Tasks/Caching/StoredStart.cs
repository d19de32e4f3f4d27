using MigrationsBuild.Messages;
using MigrationsBuild.Tasks.Processes;

namespace MigrationsBuild.Tasks.Caching;

/// <summary>
/// How the last worker of a project was started, and the source files of the model, stored below <c>obj</c>. A local build starts the
/// worker early if one of these files has changed. This only decides when the worker starts, and never whether it is asked.
/// </summary>
/// <param name="stateFolder">The package's own folder below <c>obj</c>.</param>
internal sealed class StoredStart(string stateFolder)
{
    private const string Expected = "expected";
    private const string Unexpected = "unexpected";

    private readonly string _path = Path.Combine(stateFolder, "early-start");

    /// <summary>Stores how a worker was started.</summary>
    /// <param name="command">The command.</param>
    /// <param name="sources">The source files of the model.</param>
    public void Write(WorkerCommand command, IEnumerable<string> sources)
    {
        var unexpected = new HashSet<string>((Read()?.Sources ?? [])
            .Where(source => !source.IsExpected && !source.File.HasChanged)
            .Select(source => source.File.Path));
        Write(new Start(command, command.Stamp), sources.Select(path => new Source(
            StampedFile.Now(path), IsExpected: !unexpected.Contains(path))));
    }

    /// <summary>
    /// Records that the files that have changed did not change the model. Further edits of these files don't start the worker early.
    /// </summary>
    public void ExpectNothing() => Update(_ => false);

    /// <summary>Records the files as they are now: another call has already asked a worker about them.</summary>
    public void Settle() => Update(source => source.IsExpected);

    /// <summary>A changed source file whose edits may change the model; <see langword="null"/> if there is none.</summary>
    public string? ChangedSource => Read()?.Sources.Find(source => source.IsExpected && source.File.HasChanged)?.File.Path;

    /// <summary>The command for a worker that starts now.</summary>
    /// <param name="assets">NuGet's <c>project.assets.json</c>. If it is newer, this build copies other assemblies of packages.</param>
    /// <returns>The command; <see langword="null"/> if the worker would not start as the last one did.</returns>
    public WorkerCommand? CommandNow(string assets) =>
        Read()?.Start is { } start
        && start.Command.Stamp == start.Stamp
        && (!File.Exists(assets) || File.GetLastWriteTimeUtc(assets) <= File.GetLastWriteTimeUtc(_path))
            ? start.Command
            : null;

    private (Start Start, List<Source> Sources)? Read()
    {
        try
        {
            var messages = MessageFile.ReadIfPresent(_path);
            return messages.Count == 0
                ? null
                : (StartFrom(messages[0]), [.. messages.Skip(1).SelectMany(SourcesFrom)]);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Another version of the package has written it, or it is damaged.
            return null;
        }
    }

    private void Update(Func<Source, bool> isExpected)
    {
        if (Read() is var (start, sources) && sources.Exists(source => source.File.HasChanged))
        {
            Write(start, sources.Select(source => source.File.HasChanged
                ? new Source(StampedFile.Now(source.File.Path), isExpected(source))
                : source));
        }
    }

    private void Write(Start start, IEnumerable<Source> sources)
    {
        try
        {
            MessageFile.Write(
                _path,
                sources.GroupBy(source => source.IsExpected, source => source.File)
                    .SelectMany(files => StampedFile.ToMessages(files.Key ? Expected : Unexpected, files))
                    .Prepend(ToMessage(start)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The next worker starts later.
        }
    }

    // Not as records, whose properties are found by reflection: every build reads this file.
    private static MessageLine ToMessage(Start start)
    {
        var (command, stamp) = start;
        var message = new MessageLine("start").With("program", command.Program).With("folder", command.Folder).With("stamp", stamp);
        foreach (var argument in command.Arguments)
            message.With("argument", argument);
        foreach (var file in command.Files)
            message.With("file", file);
        return message;
    }

    private static Start StartFrom(MessageLine message) =>
        new(new WorkerCommand(message["program"], message.All("argument"), message["folder"], message.All("file")), message["stamp"]);

    private static IEnumerable<Source> SourcesFrom(MessageLine message) =>
        StampedFile.Read(message).Select(file => new Source(file, message.Name == Expected));

    private sealed record Start(WorkerCommand Command, string Stamp);

    /// <param name="File">A source file of the model.</param>
    /// <param name="IsExpected">Whether its edits are expected to change the model.</param>
    private sealed record Source(StampedFile File, bool IsExpected);
}
