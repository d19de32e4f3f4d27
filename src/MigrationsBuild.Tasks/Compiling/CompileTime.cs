using System.Globalization;
using MigrationsBuild.Designers;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Tasks.Projects;

namespace MigrationsBuild.Tasks.Compiling;

/// <summary>The time that the compiler took in this build, and the part of it that <c>DbCompileDesigners=newest</c> would save.</summary>
internal sealed class CompileTime(ProjectDescription project)
{
    /// <summary>The seconds that a compilation takes in any case.</summary>
    private const double Fixed = 1;

    /// <summary>
    /// The suggestion to set <c>DbCompileDesigners</c>; <see langword="null"/> if it would save less than three seconds or a third of the
    /// time, or if an earlier build has made it. A strict build makes none: nobody waits for it at a desk.
    /// </summary>
    public Diagnostic? Suggest()
    {
        if (!long.TryParse(project["CompileTicks"], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            || project.IsStrict || !project.Settings.CompilesAllDesigners || File.Exists(Note))
        {
            return null;
        }

        var files = project.List("CompiledFiles").Where(File.Exists).ToList();
        var old = DesignerFile.WithoutEntities(files.Where(DesignerFile.HasName).Select(DesignerFile.Read).OfType<DesignerFile>());
        var share = (double)SizeOf(old.Select(file => file.Path)) / Math.Max(1, SizeOf(files));
        var seconds = TimeSpan.FromTicks(ticks).TotalSeconds;
        var saved = (seconds - Fixed) * share;
        if (saved < Math.Max(3, seconds / 3))
            return null;
        File.WriteAllText(Note, "");
        var isPostgreSql = old.All(file => file.Database == ModelDatabase.PostgreSql);
        return new Diagnostic(
            DiagnosticCodes.SlowDesigners,
            string.Format(
                CultureInfo.InvariantCulture,
                "The compiler took {0:0} s, and {1:0} % of the source text are old Designer files. "
                + "<DbCompileDesigners>newest</DbCompileDesigners> would save about {2:0} s whenever the project is compiled.{3}",
                seconds,
                share * 100,
                saved,
                isPostgreSql ? "" : " EF Core's own tool then may not be able to revert old migrations."));
    }

    /// <summary>The file that shows that the suggestion was made. The targets measure the time only without it.</summary>
    private string Note => project.StateFile("slow-designers");

    private static long SizeOf(IEnumerable<string> paths) => paths.Sum(path => new FileInfo(path).Length);
}
