namespace MigrationsBuild.Benchmarks;

/// <summary>Benchmarks that can run alone.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Summary">What is measured.</param>
/// <param name="Run">Measures and reports.</param>
internal sealed record Part(string Name, string Summary, Action<BenchmarkRun> Run);
