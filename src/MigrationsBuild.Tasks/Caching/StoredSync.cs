using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Files;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Settings;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Caching;

/// <summary>
/// What the last successful <c>DbSyncOnBuild</c> of a context is valid for, stored below <c>obj</c>: the migrations, the connection without
/// its secrets, and the settings. A verb that writes to a database deletes it. It doesn't show what others do to the database, except that
/// they delete an SQLite file.
/// </summary>
internal sealed class StoredSync(ProjectDescription project, ContextReport context)
{
    private string FileName => project.NameForArguments("synchronized." + ContentHash.OfText(context.Name).Substring(0, 16));

    private string FilePath => project.StateFile(FileName);

    /// <summary>The stamp of a project and its migrations as they are now.</summary>
    public string Stamp(Manifest manifest) => Fingerprint.Of(string.Join(
        "|",
        MessagePipe.Text([.. manifest.ToMessages(), new MessageLine("settings").WithRecord(project.Settings.Run)]),
        project.RunnerPath,
        Connection()));

    /// <summary>Whether the database was synchronized with this stamp.</summary>
    public bool Has(string stamp) => MessageFile.ReadIfPresent(FilePath).FirstOrDefault() is { } stored
        && stored["stamp"] == stamp && (stored.Find("file") is not { } file || File.Exists(file));

    /// <summary>Stores a stamp.</summary>
    /// <param name="stamp">The stamp.</param>
    /// <param name="file">The file of an SQLite database.</param>
    public void Write(string stamp, string? file) =>
        MessageFile.Write(FilePath, [new MessageLine("synchronized").With("stamp", stamp).With("file", file)]);

    /// <summary>Deletes the stamp, before a verb changes a database.</summary>
    public void Delete() => project.DeleteStateFile(FileName);

    /// <summary>The connection of the environment, or the files that may configure one.</summary>
    private string Connection()
    {
        var variable = ConnectionVariables.FindSet(project.Settings.ConnectionVariable, context.ShortName);
        return variable is null
            ? new InputStamp(project).Surroundings
            : $"{variable}={Secrets.Mask(ConnectionVariables.Read(variable))}";
    }
}
