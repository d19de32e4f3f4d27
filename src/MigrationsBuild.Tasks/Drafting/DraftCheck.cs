using MigrationsBuild.Contexts;
using MigrationsBuild.Review;
using MigrationsBuild.Tasks.Logging;

namespace MigrationsBuild.Tasks.Drafting;

/// <summary>
/// Checks a draft after its files were written. If the check fails, the files are restored: most verbs need a project that compiles.
/// </summary>
internal sealed class DraftCheck(
    DraftCompiler compiler,
    CompiledSources sources,
    DiagnosticLog diagnostics,
    CancellationToken cancellation)
{
    /// <summary>Checks a draft.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="changes">The C# files that the draft changes.</param>
    /// <param name="assembly">The migrations assembly.</param>
    /// <exception cref="Diagnostics.MigrationsException">The project doesn't compile with the draft.</exception>
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
