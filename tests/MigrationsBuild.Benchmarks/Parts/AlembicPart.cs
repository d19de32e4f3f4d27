using MigrationsBuild.Testing;
using Npgsql;

namespace MigrationsBuild.Benchmarks.Parts;

/// <summary>Verbs of <c>dotnet db</c> on an unchanged project, against Alembic: <c>apt-get install alembic python3-psycopg2</c>.</summary>
internal static class AlembicPart
{
    /// <summary>Measures.</summary>
    public static void Run(BenchmarkRun benchmark)
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql);
        using var alembic = new TestFolder("alembic");
        using var ours = new BenchmarkDatabase();
        using var theirs = new BenchmarkDatabase();
        theirs.Recreate();
        string[] db = [Dotnet.Path, "exec", BenchmarkRun.Tool];
        BenchmarkRun.Check(CommandLine.Run(project.Folder.Path, db[0], [.. db[1..], "migrate", "--no-restore"], ours.Environment));
        Contender Ours(string verb) => new(
            $"dotnet db {verb}", project.Folder.Path, [.. db, verb, "--no-restore"], ours.Environment);
        Contender Theirs(Action? prepare, params string[] arguments) => new(
            $"alembic {string.Join(' ', arguments)}", alembic.Path, ["alembic", .. arguments], Prepare: prepare);
        var isPrepared = false;
        void Prepare()
        {
            if (!isPrepared)
                Initialize(alembic, theirs.ConnectionString);
            isPrepared = true;
        }

        var measurements = Measurement.Of(
            benchmark.Runs,
            Ours("current"), Ours("history"), Ours("migrate"),
            Theirs(Prepare, "current"), Theirs(null, "history"), Theirs(null, "upgrade", "head"));

        benchmark.Report.AddRatio("The current revision, nothing changed", measurements[0], measurements[3], atMost: 0.9);
        benchmark.Report.AddRatio("The history, nothing changed", measurements[1], measurements[4], atMost: 0.9);
        benchmark.Report.AddRatio("Nothing to apply, nothing changed", measurements[2], measurements[5], atMost: 1);
    }

    private static void Initialize(TestFolder folder, string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        BenchmarkRun.Check(CommandLine.Run(folder.Path, "alembic", ["init", "migrations"]));
        var url = $"postgresql+psycopg2://{settings.Username}:{settings.Password}@{settings.Host}:{settings.Port}/{settings.Database}";
        var lines = File.ReadAllLines(folder["alembic.ini"])
            .Select(line => line.StartsWith("sqlalchemy.url", StringComparison.Ordinal) ? $"sqlalchemy.url = {url}" : line);
        File.WriteAllLines(folder["alembic.ini"], lines);
        BenchmarkRun.Check(CommandLine.Run(folder.Path, "alembic", ["revision", "-m", "one"]));
        BenchmarkRun.Check(CommandLine.Run(folder.Path, "alembic", ["upgrade", "head"]));
    }
}
