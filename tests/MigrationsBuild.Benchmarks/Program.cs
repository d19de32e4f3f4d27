using System.Globalization;
using System.Text.RegularExpressions;
using MigrationsBuild.Benchmarks;
using MigrationsBuild.Protocol;
using MigrationsBuild.Testing;

// Compares whole processes with their peers, in one run on one machine, and prints a table and JSON. Ratios count; the machine is
// shared and noisy. Usage: dotnet run -c Release --project tests/MigrationsBuild.Benchmarks [runs] [current|solution]
// With "current" it is only `dotnet db current` against Alembic, with "solution" only what the package adds to a solution's build:
// these need neither the large project nor EF Core's tool.
var runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
if (args.Contains("solution"))
{
    var solution = new Report();
    SolutionCost.Run(runs, solution);
    solution.Print();
    return;
}

var server = PostgreSqlServer.Shared;
if (args.Contains("current"))
{
    var current = new Report();
    CurrentAgainstAlembic.Run(server, runs, current);
    current.Print();
    PostgreSqlServer.StopShared();
    return;
}

var tools = RunFolder.Create("tools");
try
{
    Console.Error.WriteLine("Installing dotnet-ef, compiling 100 entities and 201 migrations with their Designer files …");
    Check(Dotnet.Run(tools, ["tool", "install", "dotnet-ef", "--version", PackageVersions.EfCore10, "--tool-path", tools]));
    using var project = new BenchmarkProject();
    Check(project.Project.Build("-c", "Release"));
    Check(project.Project.Build("-c", "Release", "-t:DbApprove"));

    var report = new Report();
    Console.Error.WriteLine("Unchanged build …");
    UnchangedBuild(project, report);
    Console.Error.WriteLine("Drift check …");
    DriftCheck(project, report);
    Console.Error.WriteLine("Apply …");
    Apply(project, report);
    Console.Error.WriteLine("Solution …");
    SolutionCost.Run(runs, report);
    if (CurrentAgainstAlembic.IsPossible)
    {
        Console.Error.WriteLine("Alembic …");
        CurrentAgainstAlembic.Run(server, runs, report);
    }

    report.Print();
}
finally
{
    PostgreSqlServer.StopShared();
    Directory.Delete(tools, recursive: true);
}

// What our targets cost in a build in which nothing changed, by MSBuild's own account.
void UnchangedBuild(BenchmarkProject project, Report report)
{
    var costs = new List<double>();
    var starts = 0;
    for (var run = 0; run <= runs; run++)
    {
        var result = project.Project.Build("-c", "Release", "-clp:PerformanceSummary");
        Check(result);
        starts += run == 0 ? 0 : result.WorkerStarts;
        var targets = Regex.Match(result.Output, "Target Performance Summary:(?<rows>.*?)Task Performance Summary", RegexOptions.Singleline).Groups["rows"].Value;
        if (run > 0)
            costs.Add(Regex.Matches(targets, @"(?<ms>\d+) ms\s+(_MigrationsBuild|MigrationsCheck)").Sum(match => int.Parse(match.Groups["ms"].Value, CultureInfo.InvariantCulture)));
    }

    costs.Sort();
    report.Add("Unchanged build, 201 migrations: our targets together", $"{costs[costs.Count / 2]:0} ms (at most 20)", costs[costs.Count / 2] <= 20);
    report.Add("Unchanged build: processes started", $"{starts}", starts == 0);
}

void DriftCheck(BenchmarkProject project, Report report)
{
    project.Project.Folder.Replace("Models/Entity050.cs", "Remark { get; set; }", "Remark { get; set; }\n\n    public string? Extra { get; set; }");
    Check(project.Project.Build("-c", "Release"));
    var input = RecordedInput.OfWorker(project.Project, "-c", "Release");
    // A shell connects the handle that the answer goes to.
    string[] worker = ["/bin/sh", "-c", "exec \"$@\" 3>&1 1>/dev/null", "sh", Dotnet.Path, .. WorkerArguments(project)];
    var measurements = Measurement.Of(
        runs,
        new Contender("worker", project.Folder, worker, new() { ["DOTNET_GCgen0size"] = "400000" }, Input: input),
        new Contender("dotnet ef migrations has-pending-model-changes --no-build", project.Folder, ["/bin/sh", "-c", $"'{tools}/dotnet-ef' migrations has-pending-model-changes --no-build --configuration Release; test $? -eq 1"]));
    report.AddRatio("Drift check, 100 entities", measurements[0], measurements[1], atMost: 0.5);
    report.AddMemory("Drift check: memory", measurements[0], measurements[1]);
    project.Project.Folder.Replace("Models/Entity050.cs", "\n\n    public string? Extra { get; set; }", "");
    Check(project.Project.Build("-c", "Release"));
}

// The command line that the build itself has used.
string[] WorkerArguments(BenchmarkProject project)
{
    project.Project.Folder.Replace("Program.cs", ";", "; ");
    var message = project.Project.Build("-c", "Release").Messages.First(text => text.StartsWith("Starting the worker: ", StringComparison.Ordinal));
    return message["Starting the worker: ".Length..].Split(' ')[1..];
}

void Apply(BenchmarkProject project, Report report)
{
    var database = PostgreSqlServer.NewName();
    void Empty() => server.Execute("postgres", $"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
    void Create()
    {
        Empty();
        server.Execute("postgres", $"CREATE DATABASE {database}");
    }

    var connection = new Dictionary<string, string?> { ["MIGRATIONS_CONNECTION"] = server.ConnectionString(database) };
    Create();
    Check(project.Project.Build(connection, "-c", "Release", "-t:DbMigrate"));
    var ourDump = server.Dump(database);
    var input = RecordedInput.OfRunner(project.Project, connection, "-c", "Release", "-t:DbMigrate");
    using var reader = new StringReader(input);
    var manifest = RunnerInput.Read(reader).Manifest;
    var script = Path.Combine(project.Folder, "all.sql");
    File.WriteAllText(script, manifest.History.CreateScript + string.Concat(manifest.Migrations.Select(migration =>
        $"BEGIN;\n{File.ReadAllText(migration.UpPath!)}INSERT INTO \"__EFMigrationsHistory\" VALUES ('{migration.Id}', '10.0.14');\nCOMMIT;\n")));
    var settings = new Npgsql.NpgsqlConnectionStringBuilder(server.ConnectionString(database));
    var psqlEnvironment = new Dictionary<string, string?>
    {
        ["PGHOST"] = settings.Host,
        ["PGPORT"] = settings.Port.ToString(CultureInfo.InvariantCulture),
        ["PGUSER"] = settings.Username,
        ["PGPASSWORD"] = settings.Password,
        ["PGDATABASE"] = database,
    };

    var measurements = Measurement.Of(
        runs,
        new Contender("runner", project.Folder, [Dotnet.Path, "exec", Repository.Runner, "--request", "-"], connection, Create, input),
        new Contender("psql -f of the same SQL", project.Folder, ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", script], psqlEnvironment, Create),
        new Contender("dotnet ef database update --no-build", project.Folder, [Path.Combine(tools, "dotnet-ef"), "database", "update", "--no-build", "--configuration", "Release"], connection, Create));
    report.AddRatio("201 migrations into an empty database", measurements[0], measurements[1], atMost: 1.5);
    report.AddRatio("201 migrations into an empty database", measurements[0], measurements[2], atMost: 0.1);
    report.AddMemory("201 migrations: memory", measurements[0], measurements[2]);
    report.Add("The schema is EF Core's, by pg_dump", server.Dump(database) == ourDump ? "yes" : "no", server.Dump(database) == ourDump);
    Empty();
}

static void Check(object result)
{
    if (result is CommandResult { ExitCode: not 0 } or BuildResult { Succeeded: false })
        throw new InvalidOperationException(result.ToString());
}
