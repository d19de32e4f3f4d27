using System.Globalization;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Revisions;

namespace MigrationsBuild.Runner.Migrations;

/// <summary>Shows a migration in Alembic's form, in one line or with all details.</summary>
/// <param name="session">The run.</param>
/// <param name="state">The state of the database; <see langword="null"/> if it was not read.</param>
/// <param name="journal">The journal's entry of each migration.</param>
internal sealed class RevisionReport(MigrationSession session, DatabaseState? state, IReadOnlyDictionary<string, JournalEntry> journal)
{
    private readonly MigrationChain _chain = new(session.Manifest.Migrations.Select(migration => migration.Id));

    /// <summary>A report on the database that the session is connected to, or on the build alone.</summary>
    public static async Task<RevisionReport> OfAsync(MigrationSession session, DatabaseState? state, CancellationToken cancellation) =>
        new(session, state, await session.ReadEntriesAsync(cancellation));

    /// <summary>The journal's entry of each migration.</summary>
    public IReadOnlyDictionary<string, JournalEntry> Entries => journal;

    /// <summary>Shows a migration in one line or, if the call asks for it, with all details.</summary>
    /// <param name="position">Its position in the build's chain.</param>
    public void Write(int position)
    {
        if (session.Request.Verbose)
            WriteEntry(position);
        else
            session.Reporter.Line(Line(position, At(position)));
        WriteResult(position);
    }

    /// <summary>Shows all details of a migration.</summary>
    /// <param name="position">Its position in the build's chain.</param>
    public void WriteEntry(int position)
    {
        foreach (var line in Entry(position, At(position)))
            session.Reporter.Line(line);
    }

    /// <summary>Reports a migration to programs.</summary>
    /// <param name="position">Its position in the build's chain.</param>
    public void WriteResult(int position) => session.Reporter.Result(Result(position, At(position)));

    private ManifestMigration At(int position) => session.Manifest.Find(_chain.Ids[position]);

    private string Line(int position, ManifestMigration migration) =>
        $"{Previous(position)} -> {migration.Id}{Markers(position, migration)}, {Message(migration.Id)}";

    private IEnumerable<string> Entry(int position, ManifestMigration migration)
    {
        yield return $"Rev: {migration.Id}{Markers(position, migration)}";
        yield return $"Parent: {Previous(position)}";
        if (migration.UpPath is not null)
        {
            var source = migration.UpPath[..^".sql".Length] + ".cs";
            if (File.Exists(session.SqlFiles.Absolute(source)))
                yield return $"Path: {Relative(source)}";
            yield return $"SQL: {Relative(migration.UpPath)}";
        }

        yield return $"Down: {Down(migration)}";
        if (migration.Author is { } author)
            yield return $"Author: {author}";
        if (migration.Approver is { } approver)
            yield return $"Approved by: {approver}";
        if (Recorded(migration.Id) is { } recorded)
            yield return recorded;
        yield return "";
        yield return $"    {Message(migration.Id)}";
        yield return "";
    }

    private string Down(ManifestMigration migration)
    {
        if (migration.DownPath is not null)
            return Relative(migration.DownPath);
        return migration.Reason is null ? "irreversible" : $"irreversible, {migration.Reason}";
    }

    /// <summary>How the migration came into the history; <see langword="null"/> if it isn't there.</summary>
    private string? Recorded(string id)
    {
        if (journal.TryGetValue(id, out var entry))
        {
            var duration = entry.Milliseconds is { } time ? $", in {time} ms" : "";
            return $"{(entry.IsStamp ? "Stamped" : "Applied")}: {entry.At} by {entry.By}{duration}";
        }

        if (state?.IsApplied(id) != true)
            return null;
        return session.IsJournalHidden
            ? "Applied: the time and the user are in the journal, which this user may not read"
            : "Applied: by another tool";
    }

    private MessageLine Result(int position, ManifestMigration migration)
    {
        var result = new MessageLine(RunnerMessages.Migration)
            .With("id", migration.Id)
            .With("previous", position == 0 ? null : _chain.Ids[position - 1])
            .With("name", MigrationId.NameOf(migration.Id))
            .With("state", migration.State.ToString().ToLowerInvariant())
            .With("head", position == _chain.Head)
            .With("path", migration.UpPath is null ? null : Relative(migration.UpPath));
        if (state is not null)
        {
            var isApplied = state.IsApplied(migration.Id);
            result = result.With("current", position == state.Current).With("applied", isApplied).With("pending", !isApplied);
        }

        result = result.With("author", migration.Author).With("approved-by", migration.Approver);
        return !journal.TryGetValue(migration.Id, out var entry) ? result : result
            .With("applied-at", entry.At)
            .With("applied-by", entry.By)
            .With("duration-ms", entry.Milliseconds?.ToString(CultureInfo.InvariantCulture));
    }

    private string Markers(int position, ManifestMigration migration) =>
        (position == _chain.Head ? " (head)" : "")
        + (position == state?.Current ? " (current)" : "")
        + (state is not null && !state.IsApplied(migration.Id) ? " (pending)" : "")
        + (migration.State is MigrationState.Approved or MigrationState.NotAdopted
            ? ""
            : $" ({migration.State.ToString().ToLowerInvariant()})");

    private string Previous(int position) => position == 0 ? "<base>" : _chain.Ids[position - 1];

    private string Relative(string path) => Path.GetRelativePath(session.Request.ProjectFolder, session.SqlFiles.Absolute(path));

    private static string Message(string id) => MigrationName.ToMessage(MigrationId.NameOf(id));
}
