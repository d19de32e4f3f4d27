using MigrationsBuild.Testing;

namespace MigrationsBuild.Benchmarks.Parts;

/// <summary>
/// What a history of 201 migrations costs in a build after an edit: with all Designer files, with the newest, without history.
/// Compiling all takes a minute.
/// </summary>
internal static class DesignersPart
{
    private static readonly string[] _build = [Dotnet.Path, "build", "App.csproj", "--no-restore", "-tl:off"];

    /// <summary>Measures.</summary>
    public static void Run(BenchmarkRun benchmark)
    {
        using var newest = new LargeProject();
        using var without = new LargeProject();
        newest.Project.Folder.Replace("App.csproj", "<Nullable>", "<DbCompileDesigners>newest</DbCompileDesigners><Nullable>");
        foreach (var path in Directory.GetFiles(without.Project.Folder["Migrations"], "2*.cs").Order(StringComparer.Ordinal).Skip(2))
            File.Delete(path);

        // The project with all files comes later: the compiler server is slower after it.
        var edited = Measurement.Of(benchmark.Runs, Edited("newest", newest), Edited("one migration", without));
        benchmark.Report.AddRatio("Build after an edit, 201 migrations, 100 entities", edited[0], edited[1], atMost: 1.1);
        using var all = new LargeProject();
        var complete = Measurement.Of(1, Edited("all", all));
        benchmark.Report.AddRatio("Build after an edit, 201 migrations, 100 entities", edited[0], complete[0], atMost: 1);
        var unchanged = Measurement.Of(benchmark.Runs, Unchanged("newest", newest), Unchanged("all", all));
        benchmark.Report.AddRatio("Unchanged build, 201 migrations", unchanged[0], unchanged[1], atMost: 1.1);
    }

    private static Contender Edited(string name, LargeProject project)
    {
        var edit = 0;
        return new Contender(
            name,
            project.Folder,
            _build,
            Prepare: () => project.Project.Folder.Write("Program.cs", $"System.Console.WriteLine({edit++});\n"));
    }

    private static Contender Unchanged(string name, LargeProject project) => new(name, project.Folder, _build);
}
