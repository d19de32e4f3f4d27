using System.Runtime;
using MigrationsBuild.Files;

namespace MigrationsBuild.Startup;

/// <summary>
/// Has the runtime compile, on another core, the methods that the previous process of the project needed. Worker and runner spend most of
/// their time on compilation.
/// </summary>
/// <remarks>
/// The runtime ignores methods of another version, but a damaged file can end the process. So each process has a file of its own, which
/// replaces the common one when it is complete.
/// </remarks>
/// <seealso href="https://learn.microsoft.com/dotnet/api/system.runtime.profileoptimization"/>
internal sealed class StartupProfile
{
    private readonly string _path;
    private readonly string _own;

    private StartupProfile(string path, string own) => (_path, _own) = (path, own);

    /// <summary>Starts the compilation, and notes what this process compiles.</summary>
    /// <param name="path">The file, in an existing folder; empty for none.</param>
    /// <returns>The profile; <see langword="null"/> if there is no file.</returns>
    public static StartupProfile? Use(string path)
    {
        if (path.Length == 0)
            return null;
        var profile = new StartupProfile(path, FormattableString.Invariant($"{path}.{Environment.ProcessId}"));
        TryTo(() => File.Copy(profile._path, profile._own, overwrite: true));
        ProfileOptimization.SetProfileRoot(Path.GetDirectoryName(path)!);
        ProfileOptimization.StartProfile(Path.GetFileName(profile._own));
        // The runtime has read it, and a process that is killed leaves nothing.
        TryTo(() => File.Delete(profile._own));
        return profile;
    }

    /// <summary>Ends the notes, and stores them for the next process.</summary>
    /// <param name="select">Selects what is stored; <see langword="null"/> stores nothing.</param>
    public void Store(Func<byte[], byte[]?>? select = null)
    {
        ProfileOptimization.StartProfile(null);
        TryTo(() =>
        {
            var notes = File.ReadAllBytes(_own);
            File.Delete(_own);
            if ((select is null ? notes : select(notes)) is { } selected)
                FileTransaction.WriteFile(_path, selected);
        });
    }

    /// <summary>The next process starts more slowly if this fails.</summary>
    private static void TryTo(Action change)
    {
        try
        {
            change();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // There is no file yet, or its folder is read-only.
        }
    }
}
