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
    private readonly string _own;
    private int _hasEnded;

    private StartupProfile(string own) => _own = own;

    /// <summary>Starts the compilation, and records the methods that this process compiles.</summary>
    /// <param name="path">The file, in an existing folder; empty for none.</param>
    /// <returns>The profile; <see langword="null"/> if there is no file.</returns>
    public static StartupProfile? Use(string path)
    {
        if (path.Length == 0)
            return null;
        var profile = new StartupProfile(FormattableString.Invariant($"{path}.{Environment.ProcessId}"));
        TryTo(() => File.Copy(path, profile._own, overwrite: true));
        ProfileOptimization.SetProfileRoot(Path.GetDirectoryName(path)!);
        ProfileOptimization.StartProfile(Path.GetFileName(profile._own));
        // The runtime has read it, and writes it again at the end.
        TryTo(() => File.Delete(profile._own));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => profile.End(() => File.Delete(profile._own));
        return profile;
    }

    /// <summary>Stops recording, and stores the profile for the next process.</summary>
    /// <param name="path">The file.</param>
    /// <param name="select">
    /// Selects the part of the profile to store; nothing is stored if it returns <see langword="null"/>. By default all of it is stored.
    /// </param>
    public void Store(string path, Func<byte[], byte[]?>? select = null) => End(() =>
    {
        var profile = File.ReadAllBytes(_own);
        File.Delete(_own);
        if ((select is null ? profile : select(profile)) is { } selected)
            FileTransaction.WriteFile(path, selected);
    });

    /// <summary>Has the runtime write the profile, unless it already has. The code of an application may end the process.</summary>
    private void End(Action use)
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) != 0)
            return;
        ProfileOptimization.StartProfile(null);
        TryTo(use);
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
