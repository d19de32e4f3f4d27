using MigrationsBuild.Testing;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Benchmarks.Parts;

/// <summary>
/// A project of 450 tables and 1,000 migrations: 450 create a table, the others add a column. Its Designer files have 300 MB in
/// total, so it sets <c>DbCompileDesigners</c> to <c>newest</c>.
/// </summary>
internal static class LargestPart
{
    private const int Tables = 450;
    private const int Migrations = 1000;

    /// <summary>Measures.</summary>
    public static void Run(BenchmarkRun benchmark)
    {
        var tables = ModelChange.AddedTables(Enumerable.Range(2, Tables - 1));
        using var project = new LargeProject(1, [.. tables, .. ModelChange.AddedColumns(Tables, 2).Take(Migrations - Tables)]);
        project.Project.Folder.Replace("App.csproj", "<Nullable>", "<DbCompileDesigners>newest</DbCompileDesigners><Nullable>");
        using var database = new BenchmarkDatabase();
        database.Recreate();
        void Measure(string what, params string[] arguments)
        {
            string[] command = [Dotnet.Path, "build", "App.csproj", "--no-restore", "-tl:off", .. arguments];
            benchmark.Report.Add(what, Measurement.Once(new Contender(what, project.Folder, command, database.Environment)));
        }

        BenchmarkRun.Check(project.Project.Build("-t:Restore"));
        Measure("Build without an answer");
        Measure("Adoption (DbApprove)", "-t:" + VerbTable.Approve.Target);
        Measure("DbCheck", "-t:" + VerbTable.Check.Target);
        Measure("DbScript", "-t:" + VerbTable.Script.Target);
        Measure("DbMigrate into an empty database", "-t:" + VerbTable.Migrate.Target);
        Measure("Unchanged build, as a whole");
        LargeProjectPart.UnchangedBuild(benchmark, project, $"{Tables} tables and {Migrations} migrations", atMost: 25);
    }
}
