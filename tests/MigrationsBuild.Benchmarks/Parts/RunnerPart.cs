using MigrationsBuild.Protocol;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Benchmarks.Parts;

/// <summary>The runner with 201 migrations, against <c>psql</c> with the same SQL. It needs neither EF Core nor a build.</summary>
internal static class RunnerPart
{
    /// <summary>Measures.</summary>
    public static void Run(BenchmarkRun benchmark)
    {
        using var migrations = new ManyMigrations();
        using var database = new BenchmarkDatabase();
        var upScript = migrations.WriteScript("up.sql", isUp: true);
        var downScript = migrations.WriteScript("down.sql", isUp: false);
        Contender Runner(string name, RunnerRequest request, Action prepare) => new(
            name, migrations.Folder, BenchmarkRun.Runner, database.Environment, prepare, migrations.Input(request));
        Contender Psql(string name, Action prepare, params string[] arguments) => new(
            name,
            migrations.Folder,
            ["psql", "-q", "-o", "/dev/null", "-v", "ON_ERROR_STOP=1", .. arguments],
            database.Environment,
            prepare);
        var migrate = new RunnerRequest(VerbTable.Migrate.Name, migrations.Folder);
        var rollback = new RunnerRequest(VerbTable.Rollback.Name, migrations.Folder) { To = "base" };
        void Migrated() => database.Recreate(migrations.Input(migrate));

        var up = Measurement.Of(
            benchmark.Runs, Runner("runner", migrate, database.Recreate), Psql("psql -f", database.Recreate, "-f", upScript));
        benchmark.Report.AddRatio("201 migrations into an empty database", up[0], up[1], atMost: 1.15);

        Migrated();
        var nothing = Measurement.Of(
            benchmark.Runs, Runner("runner", migrate, () => { }), Psql("psql -c 'SELECT 1'", () => { }, "-c", "SELECT 1"));
        benchmark.Report.Add(
            "Nothing to apply: the whole process",
            FormattableString.Invariant($"runner {nothing[0].MedianSeconds:0.00} s (at most 0.12), ")
                + FormattableString.Invariant($"psql with SELECT 1 {nothing[1].MedianSeconds:0.00} s"),
            nothing[0].MedianSeconds <= 0.12);

        var down = Measurement.Of(benchmark.Runs, Runner("runner", rollback, Migrated), Psql("psql -f", Migrated, "-f", downScript));
        benchmark.Report.AddRatio("201 migrations reverted", down[0], down[1], atMost: 1.5);
    }
}
