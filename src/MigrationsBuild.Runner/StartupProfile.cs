using System.Runtime;
using System.Runtime.CompilerServices;

namespace MigrationsBuild.Runner;

/// <summary>
/// Has the runtime compile, on another core, the methods that the previous runner of the project needed. A run with nothing to apply spends
/// half of its time on compilation.
/// </summary>
/// <remarks>
/// The runtime ignores methods of another version, but a damaged file can end the process. So each process has a file of its own, which
/// replaces the common one when it is complete.
/// </remarks>
/// <seealso href="https://learn.microsoft.com/dotnet/api/system.runtime.profileoptimization"/>
internal sealed class StartupProfile : IDisposable
{
    private readonly string _path;
    private readonly string _own;

    private StartupProfile(string path) => (_path, _own) = (path, FormattableString.Invariant($"{path}.{Environment.ProcessId}"));

    /// <summary>Starts the compilation, and notes what this process compiles.</summary>
    /// <param name="path">The file, in an existing folder; empty for none.</param>
    /// <returns>Completes the file when it is disposed; <see langword="null"/> if there is no file, or if the program is native.</returns>
    public static StartupProfile? Use(string path)
    {
        if (path.Length == 0 || !RuntimeFeature.IsDynamicCodeSupported)
            return null;
        var profile = new StartupProfile(path);
        TryTo(() => File.Copy(profile._path, profile._own, overwrite: true));
        ProfileOptimization.SetProfileRoot(Path.GetDirectoryName(path)!);
        ProfileOptimization.StartProfile(Path.GetFileName(profile._own));
        return profile;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ProfileOptimization.StartProfile(null);
        TryTo(() => File.Move(_own, _path, overwrite: true));
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
