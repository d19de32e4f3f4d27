using MigrationsBuild.Testing;
using Npgsql;

namespace MigrationsBuild.Benchmarks;

/// <summary><c>dotnet db current</c> and <c>history</c> on an unchanged project against <c>alembic current</c>, where Alembic is installed.</summary>
internal static class CurrentAgainstAlembic
{
    /// <summary>Whether there is an <c>alembic</c> on the PATH.</summary>
    public static bool IsPossible => CommandLine.Run("/", "/bin/sh", ["-c", "command -v alembic"]).ExitCode == 0;

    /// <summary>Measures.</summary>
    /// <param name="server">A server for both.</param>
    /// <param name="runs">How often.</param>
    /// <param name="report">Where the figures go.</param>
    public static void Run(PostgreSqlServer server, int runs, Report report)
    {
        using var project = TestProject.CreateMigrated(TestPackages.Npgsql);
        using var alembic = new TestFolder("alembic");
        var (ours, theirs) = (PostgreSqlServer.NewName(), PostgreSqlServer.NewName());
        server.Execute("postgres", $"CREATE DATABASE {theirs}");
        Prepare(alembic, server.ConnectionString(theirs));
        var connection = new Dictionary<string, string?> { ["MIGRATIONS_CONNECTION"] = server.ConnectionString(ours) };
        string[] db = [Dotnet.Path, "exec", Repository.Assembly("MigrationsBuild.Tool", "net8.0")];
        Succeed(CommandLine.Run(project.Folder.Path, db[0], [.. db[1..], "migrate", "--no-restore"], connection));

        var measurements = Measurement.Of(
            runs,
            new Contender("dotnet db current", project.Folder.Path, [.. db, "current", "--no-restore"], connection),
            new Contender("dotnet db history", project.Folder.Path, [.. db, "history", "--no-restore"], connection),
            new Contender("alembic current", alembic.Path, ["alembic", "current"]));

        report.AddRatio("The current revision, nothing changed", measurements[0], measurements[2], atMost: 1);
        report.AddRatio("The history, nothing changed", measurements[1], measurements[2], atMost: 1);
        server.Execute("postgres", $"DROP DATABASE {ours} WITH (FORCE)");
        server.Execute("postgres", $"DROP DATABASE {theirs} WITH (FORCE)");
    }

    private static void Prepare(TestFolder folder, string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        Succeed(CommandLine.Run(folder.Path, "alembic", ["init", "migrations"]));
        var lines = File.ReadAllLines(folder["alembic.ini"])
            .Select(line => line.StartsWith("sqlalchemy.url", StringComparison.Ordinal)
                ? $"sqlalchemy.url = postgresql+psycopg2://{settings.Username}:{settings.Password}@{settings.Host}:{settings.Port}/{settings.Database}"
                : line);
        File.WriteAllLines(folder["alembic.ini"], lines);
        Succeed(CommandLine.Run(folder.Path, "alembic", ["revision", "-m", "one"]));
        Succeed(CommandLine.Run(folder.Path, "alembic", ["upgrade", "head"]));
    }

    private static void Succeed(CommandResult result)
    {
        if (result.ExitCode != 0)
            throw new InvalidOperationException(result.ToString());
    }
}
