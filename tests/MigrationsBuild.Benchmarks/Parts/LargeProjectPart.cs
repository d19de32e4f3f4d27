namespace MigrationsBuild.Benchmarks.Parts;

/// <summary>A project with 100 entities and 201 migrations with their Designer files. Compiling it takes more than a minute.</summary>
internal static class LargeProjectPart
{
    /// <summary>An unchanged build of the project with 201 migrations.</summary>
    public static void UnchangedBuild(BenchmarkRun benchmark) =>
        UnchangedBuild(benchmark, benchmark.Project, "201 migrations", atMost: 20);

    /// <summary>The cost of our targets in a build in which nothing has changed, by MSBuild's own account.</summary>
    /// <param name="benchmark">The number of runs, and the table.</param>
    /// <param name="project">The project.</param>
    /// <param name="size">Its size, for the table.</param>
    /// <param name="atMost">The limit in milliseconds.</param>
    public static void UnchangedBuild(BenchmarkRun benchmark, LargeProject project, string size, int atMost)
    {
        var costs = new List<double>();
        var starts = 0;
        for (var run = 0; run <= benchmark.Runs; run++)
        {
            var result = project.Project.Build("-c", "Release", "-clp:PerformanceSummary");
            BenchmarkRun.Check(result);
            starts += run == 0 ? 0 : result.WorkerStarts;
            if (run > 0)
                costs.Add(PerformanceSummary.OurMilliseconds(result.Output));
        }

        costs.Sort();
        var median = costs[costs.Count / 2];
        benchmark.Report.Add(
            $"Unchanged build, {size}: our targets together", $"{median:0} ms (at most {atMost})", median <= atMost);
        benchmark.Report.Add("Unchanged build: processes started", $"{starts}", starts == 0);
    }

    /// <summary>The process that a build starts after a change, against EF Core's tool.</summary>
    public static void Drift(BenchmarkRun benchmark)
    {
        var project = benchmark.Project;
        const string remark = "Remark1 { get; set; }";
        const string extra = "\n\n    public string? Extra { get; set; }";
        project.Project.Folder.Replace("Models/Entity050.cs", remark, remark + extra);
        BenchmarkRun.Check(project.Project.Build("-c", "Release"));
        var input = RecordedInput.OfWorker(project.Project, "-c", "Release");
        var worker = RecordedInput.WorkerCommand(project.Project, "-c", "Release");
        string[] entityFramework =
        [
            "/bin/sh", "-c",
            $"'{benchmark.EntityFramework}' migrations has-pending-model-changes --no-build --configuration Release; test $? -eq 1",
        ];
        var measurements = Measurement.Of(
            benchmark.Runs,
            new Contender("worker", project.Folder, worker, new() { ["DOTNET_GCgen0size"] = "400000" }, Input: input),
            new Contender("dotnet ef migrations has-pending-model-changes --no-build", project.Folder, entityFramework));
        benchmark.Report.AddRatio("Drift check, 100 entities", measurements[0], measurements[1], atMost: 0.5);
        benchmark.Report.AddMemory("Drift check: memory", measurements[0], measurements[1]);
        project.Project.Folder.Replace("Models/Entity050.cs", extra, "");
        BenchmarkRun.Check(project.Project.Build("-c", "Release"));
    }

    /// <summary>201 migrations into an empty database, against EF Core's tool.</summary>
    public static void Update(BenchmarkRun benchmark)
    {
        var project = benchmark.Project;
        using var database = new BenchmarkDatabase();
        database.Recreate();
        string[] migrate = ["-c", "Release", "-t:DbMigrate"];
        BenchmarkRun.Check(project.Project.Build(database.Environment, migrate));
        var ourDump = database.Dump();
        var input = RecordedInput.OfRunner(project.Project, database.Environment, migrate);
        string[] update = [benchmark.EntityFramework, "database", "update", "--no-build", "--configuration", "Release"];

        var measurements = Measurement.Of(
            benchmark.Runs,
            new Contender("runner", project.Folder, BenchmarkRun.Runner, database.Environment, database.Recreate, input),
            new Contender("dotnet ef database update --no-build", project.Folder, update, database.Environment, database.Recreate));
        benchmark.Report.AddRatio("201 migrations into an empty database", measurements[0], measurements[1], atMost: 0.1);
        benchmark.Report.AddMemory("201 migrations: memory", measurements[0], measurements[1]);
        var isSame = database.Dump() == ourDump;
        benchmark.Report.Add("The schema is EF Core's, by pg_dump", isSame ? "yes" : "no", isSame);
    }
}
