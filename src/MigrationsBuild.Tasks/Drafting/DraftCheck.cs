using MigrationsBuild.Protocol;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Logging;

namespace MigrationsBuild.Tasks.Drafting;

/// <summary>
/// Checks a draft whose files are just written, and which is taken back if that fails: a draft must not leave a project that doesn't
/// compile, because hardly a verb works on one.
/// </summary>
/// <param name="compiler">Compiles the project with the draft.</param>
/// <param name="sources">Which files the project compiles.</param>
/// <param name="diagnostics">Where findings go.</param>
/// <param name="cancellation">Becomes cancelled when the build is.</param>
internal sealed class DraftCheck(DraftCompiler compiler, CompiledSources sources, DiagnosticLog diagnostics, CancellationToken cancellation)
{
    /// <summary>Checks it.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="changes">The C# files that it changes.</param>
    /// <param name="assembly">The assembly that it belongs to.</param>
    /// <exception cref="Diagnostics.MigrationsException">The project doesn't compile with it.</exception>
    public void Run(MigrationReport draft, IReadOnlyList<SourceChange> changes, string assembly)
    {
        if (!compiler.Compiles(assembly))
            return;
        compiler.Check(draft, changes, cancellation);
        if (sources.Read(draft.Id) is not { } compiled)
            return;
        var missing = new[] { draft.Source, draft.Designer }.Where(path => !compiled.Contains(Path.GetFullPath(path))).ToList();
        if (missing.Count > 0)
            diagnostics.Write(MissingMigrations.NotCompiled(draft, assembly, missing));
    }
}
