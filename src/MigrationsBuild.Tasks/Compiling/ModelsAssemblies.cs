using System.Globalization;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MigrationsBuild.Contexts;
using MigrationsBuild.Designers;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.Designers;
using MigrationsBuild.Tasks.Processes;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Compiling;

/// <summary>
/// Compiles models that the project is compiled without, so that the SQL of their migrations is generated from them. Each project gets
/// assemblies that reference its own. They are deleted when the worker has answered.
/// </summary>
internal sealed class ModelsAssemblies(ProjectDescription project, TaskLoggingHelper log) : IDisposable
{
    // The compiler needs about 30 bytes of memory for each character, so a long history is compiled in several assemblies.
    private const long AssemblyLength = 16_000_000;

    private readonly List<string> _folders = [];

    /// <summary>The name of the assemblies with the models of a project.</summary>
    /// <param name="assembly">The name of the project's assembly.</param>
    public static string NameFor(string assembly) => assembly + ".MigrationsBuildModels";

    /// <summary>A request whose projects have the models of some migrations.</summary>
    /// <param name="request">The request.</param>
    /// <param name="wanted">The full names of the classes of these migrations, for each project.</param>
    /// <param name="cancellation">Cancels the compilation.</param>
    /// <exception cref="MigrationsException">A model doesn't compile.</exception>
    public WorkerRequest AddTo(
        WorkerRequest request, Func<MigrationsProject, IReadOnlyList<string>> wanted, CancellationToken cancellation) => request with
        {
            Projects = [.. request.Projects.Select(other => Add(other, wanted(other), cancellation))],
        };

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var folder in _folders.Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
    }

    private MigrationsProject Add(MigrationsProject other, IReadOnlyList<string> wanted, CancellationToken cancellation)
    {
        if (wanted.Count == 0 || !project.DesignerFolders.TryGetValue(other.AssemblyName, out var stateFolder))
            return other;
        var folder = project.StateFile("models-" + Guid.NewGuid().ToString("N").Substring(0, 8));
        _folders.Add(folder);
        var names = new HashSet<string>(wanted);
        var listed = new DesignerList(stateFolder).Read().Where(designer => names.Contains(designer.File?.ClassName ?? "")).ToList();
        if (names.Except(listed.Select(designer => designer.File!.ClassName)).FirstOrDefault() is { } missing)
        {
            throw Failure(
                $"the Designer file of {missing} is not the one with which {other.AssemblyName} was built. "
                + $"Build {other.AssemblyName} again");
        }

        List<string> designers = [.. listed.Select(designer => designer.Path)];
        using var progress = new ProgressLines(line => log.LogMessage(MessageImportance.High, "{0}", line));
        var paths = new List<string>();
        for (var compiled = 0; compiled < designers.Count && !cancellation.IsCancellationRequested;)
        {
            var own = Path.Combine(folder, paths.Count.ToString(CultureInfo.InvariantCulture));
            Directory.CreateDirectory(own);
            progress.At($"{other.AssemblyName}: compiled the models of {compiled} of {designers.Count} old migrations");
            List<string> sources = [.. Write(designers.Skip(compiled), own)];
            paths.Add(Compile(other, stateFolder, sources, own, cancellation));
            compiled += sources.Count;
        }

        return other with { ModelsPaths = paths };
    }

    /// <summary>Writes the sources of one assembly: as many as it may have, and at least one.</summary>
    /// <param name="designers">The paths of the Designer files of which the first ones are written.</param>
    /// <param name="folder">The folder of the sources.</param>
    internal static IEnumerable<string> Write(IEnumerable<string> designers, string folder)
    {
        var length = 0L;
        foreach (var designer in designers)
        {
            var source = DesignerFile.ReadSource(designer)?.ModelOnly() ?? "";
            if (length > 0 && length + source.Length > AssemblyLength)
                yield break;
            length += source.Length;
            var path = Path.Combine(folder, Path.GetFileName(designer));
            if (File.Exists(path))
                path = Path.Combine(folder, Guid.NewGuid().ToString("N").Substring(0, 8) + ".cs");
            File.WriteAllText(path, source);
            yield return path;
        }
    }

    private string Compile(
        MigrationsProject other, string stateFolder, IReadOnlyList<string> sources, string folder, CancellationToken cancellation)
    {
        var compiler = new CSharpCompiler(project, log);
        var recorded = Path.Combine(stateFolder, CSharpCompiler.ArgumentsFile);
        if (!File.Exists(recorded) || compiler.Path is null)
            throw Failure($"{other.AssemblyName} was not compiled by this build. Build it again without NoBuild");
        var output = Path.Combine(folder, NameFor(other.AssemblyName) + ".dll");
        var arguments = new CompilerArguments(File.ReadAllLines(recorded), other.Folder).ForModels(sources, output);
        var (exitCode, errors) = compiler.Run(arguments, folder, cancellation);
        if (cancellation.IsCancellationRequested)
            throw new MigrationsException(DiagnosticCodes.Interrupted, "The build was cancelled before the migrations were checked.");
        if (errors.Count == 0 && exitCode == 0)
            return output;
        throw Failure(errors.Count == 0
            ? $"the compiler ended with code {exitCode}"
            : $"{Path.GetFileName(errors[0].Location?.File ?? other.Folder)}: {errors[0].Id}: {errors[0].Text.TrimEnd('.')}");
    }

    private static MigrationsException Failure(string reason) => new(
        DiagnosticCodes.ModelNotCompiled,
        $"The SQL of old migrations can't be generated, because their models can't be compiled: {reason}. "
        + "If that can't be fixed, set DbCompileDesigners to all");
}
