using System.Globalization;
using MigrationsBuild.Benchmarks;
using MigrationsBuild.Benchmarks.Parts;
using MigrationsBuild.Testing;

// Compares whole processes with their peers, in one run on one machine, and prints each row as it is measured. Compare the ratios: the
// machine is shared and noisy. Usage: dotnet run -c Release --project tests/MigrationsBuild.Benchmarks [runs] [part …]
Part[] parts =
[
    new("solution", "What the package adds to the build of a solution", SolutionPart.Run),
    new("designers", "A build after an edit with 201 migrations: DbCompileDesigners", DesignersPart.Run),
    new("scale", "The verbs that look at all migrations, with 201 and 1,001 of them", ScalePart.Run),
    new("largest", "450 tables and 1,000 migrations", LargestPart.Run),
    new("lint", "What the lint adds to the check of a draft", LintPart.Run),
    new("runner", "201 migrations, against psql", RunnerPart.Run),
    new("verify", "verify and diff, against psql and pg_dump", VerifyPart.Run),
    new("alembic", "dotnet db on an unchanged project, against Alembic", AlembicPart.Run),
    new("build", "An unchanged build of a project with 201 migrations", LargeProjectPart.UnchangedBuild),
    new("drift", "The check of 100 entities, against dotnet ef", LargeProjectPart.Drift),
    new("update", "201 migrations, against dotnet ef", LargeProjectPart.Update),
];
var runs = args.Length > 0 && int.TryParse(args[0], CultureInfo.InvariantCulture, out var number) ? number : 5;
var unknown = args.Where(name => !int.TryParse(name, out _) && !parts.Any(part => part.Name == name)).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"Unknown: {string.Join(", ", unknown)}. The parts are:");
    foreach (var part in parts)
        Console.Error.WriteLine($"  {part.Name,-10}{part.Summary}");
    return 2;
}

Repository.PackageImages = "none/";
CommandLine.Timeout = TimeSpan.FromHours(1);
using var benchmark = new BenchmarkRun(runs);
foreach (var part in parts.Where(part => args.All(name => int.TryParse(name, out _)) || args.Contains(part.Name)))
{
    Console.Error.WriteLine($"{part.Summary} …");
    try
    {
        part.Run(benchmark);
    }
    catch (InvalidOperationException failure)
    {
        // The other parts are still worth measuring.
        benchmark.Report.AddFailure(part.Summary, failure);
    }
}

benchmark.Report.PrintJson();
return benchmark.Report.HasFailures ? 1 : 0;
