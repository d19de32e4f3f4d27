using MigrationsBuild.Protocol;
using MigrationsBuild.Testing;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Benchmarks.Parts;

/// <summary>
/// <c>verify</c> and <c>diff</c>, against PostgreSQL's own programs: <c>psql</c> with the same SQL, and a comparison of dumps. It needs
/// neither EF Core nor a build.
/// </summary>
internal static class VerifyPart
{
    /// <summary>Creates the database <c>$0</c> with the script <c>$1</c>, and compares its dump with that of the other database.</summary>
    private const string CompareDumps =
        """
        set -e
        dump() { pg_dump --schema-only --exclude-table='*."__MigrationsBuildJournal"' "$1" | grep -v '^.\(un\)\?restrict ' > "$2"; }
        createdb "$0"
        psql -q -o /dev/null -v ON_ERROR_STOP=1 -d "$0" -f "$1"
        dump "$PGDATABASE" actual.sql
        dump "$0" expected.sql
        dropdb "$0"
        diff expected.sql actual.sql
        """;

    /// <summary>Measures.</summary>
    public static void Run(BenchmarkRun benchmark)
    {
        Verify(benchmark);
        Diff(benchmark);
    }

    private static void Verify(BenchmarkRun benchmark)
    {
        using var migrations = new ManyMigrations(tables: 30, columns: 49);
        using var database = new BenchmarkDatabase();
        var request = new RunnerRequest(VerbTable.Verify.Name, migrations.Folder) { To = "base:head" };
        database.Recreate();
        var measured = Measurement.Of(
            benchmark.Runs,
            new Contender("verify", migrations.Folder, BenchmarkRun.Runner, database.Environment, Input: migrations.Input(request)),
            new Contender(
                "psql -f",
                migrations.Folder,
                ["psql", "-q", "-o", "/dev/null", "-v", "ON_ERROR_STOP=1", "-f", migrations.WriteRoundTrips("all.sql")],
                database.Environment,
                database.Recreate));
        benchmark.Report.AddRatio("50 migrations over 30 tables applied, reverted, applied", measured[0], measured[1], atMost: 10);
    }

    private static void Diff(BenchmarkRun benchmark)
    {
        using var migrations = new ManyMigrations(tables: 1000, columns: 0);
        using var database = new BenchmarkDatabase();
        database.Recreate(migrations.Input(new RunnerRequest(VerbTable.Migrate.Name, migrations.Folder)));
        var script = migrations.WriteScript("up.sql", isUp: true);
        Contender Runner(string name, bool privileges) => new(
            name,
            migrations.Folder,
            BenchmarkRun.Runner,
            database.Environment,
            Input: migrations.Input(
                new RunnerRequest(VerbTable.Diff.Name, migrations.Folder) { ComparesPrivileges = privileges }));
        var measured = Measurement.Of(
            benchmark.Runs,
            Runner("diff", privileges: false),
            new Contender(
                "two dumps",
                migrations.Folder,
                ["sh", "-c", CompareDumps, PostgreSqlServer.NewName(), script],
                database.Environment),
            Runner("with privileges", privileges: true));
        benchmark.Report.AddRatio("1,000 tables compared with their migration", measured[0], measured[1], atMost: 1);
        benchmark.Report.AddRatio("1,000 tables: privileges", measured[2], measured[0], atMost: 1.2);
    }
}
