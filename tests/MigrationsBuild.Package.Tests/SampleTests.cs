using MigrationsBuild.Testing;

namespace MigrationsBuild.Package.Tests;

/// <summary>The samples, with the packed package, in a folder of their own.</summary>
[TestClass]
public class SampleTests
{
    [TestMethod]
    public void QuickStart_is_migrated_and_runs()
    {
        using var sample = new Sample("QuickStart", null);

        var migrated = sample.Run("build", "-t:DbMigrate", "-v:d").Output;
        Assert.Contains("3 migrations applied", migrated);
        var runner = migrated.Split('\n').Single(line => line.Contains("Starting the runner: ", StringComparison.Ordinal));
        Assert.Contains(PackageFeed.Shared.HasNativeRunner ? "/" + PackageFeed.NativeRunner : "MigrationsBuild.Runner.dll", runner);
        Assert.Contains("Nothing to apply", sample.Run("build", "-t:DbMigrate").Output);

        Assert.Contains("3 migrations verified", sample.Run("build", "-t:DbVerify", "-p:DbRows=1000").Output);
        Assert.Contains("1  Written at", sample.Start());
        Assert.DoesNotContain("MIG", sample.Run("build", "-p:ContinuousIntegrationBuild=true").Output);
    }

    [TestMethod]
    [TestCategory(Categories.Matrix)]
    public void Shop_is_migrated_down_and_up_again()
    {
        var database = PostgreSqlServer.NewName();
        using var sample = new Sample("Shop", PostgreSqlServer.Shared.ConnectionString(database));

        Assert.Contains("5 migrations applied", sample.Run("build", "-t:DbMigrate").Output);
        var schema = PostgreSqlServer.Shared.Dump(database);
        Assert.Contains("4 migrations reverted", sample.Run("build", "-t:DbRollback", "-p:DbTo=InitialCreate").Output);
        Assert.Contains("4 migrations applied", sample.Run("build", "-t:DbMigrate").Output);

        Assert.AreEqual(schema, PostgreSqlServer.Shared.Dump(database));
        Assert.Contains("5 migrations verified", sample.Run("build", "-t:DbVerify", "-p:DbRows=1000").Output);
        Assert.DoesNotContain("MIG", sample.Run("build", "-p:ContinuousIntegrationBuild=true").Output);
        PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE {database} WITH (FORCE)");
    }

    /// <summary>A copy of a sample that takes the package from this run's feed.</summary>
    private sealed class Sample : IDisposable
    {
        private readonly TestFolder _folder;
        private readonly Dictionary<string, string?> _environment = PackageFeed.Shared.Environment;

        public Sample(string name, string? connection)
        {
            _folder = new TestFolder(name);
            var samples = Path.Combine(Repository.Root, "samples");
            foreach (var file in Directory.GetFiles(samples))
                File.Copy(file, Path.Combine(_folder.Run, Path.GetFileName(file)), overwrite: true);
            foreach (var file in Directory.EnumerateFiles(Path.Combine(samples, name), "*", SearchOption.AllDirectories))
            {
                var relative = Path.GetRelativePath(Path.Combine(samples, name), file);
                var isOutput = relative.Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj";
                if (!isOutput && !relative.EndsWith(".db", StringComparison.Ordinal))
                    _folder.Write(relative, File.ReadAllText(file));
            }

            _folder.Replace(
                name + ".csproj",
                "\"MigrationsBuild\" Version=\"0.1.0-dev\"",
                $"\"MigrationsBuild\" Version=\"{PackageFeed.Shared.Version}\"");
            PackageFeed.Shared.Configure(_folder);
            _environment["MIGRATIONS_CONNECTION"] = connection;
        }

        public BuildResult Run(params string[] arguments)
        {
            var result = Dotnet.Build(_folder.Path, arguments, _environment);
            Assert.IsTrue(result.Succeeded, result.ToString());
            return result;
        }

        /// <summary>Runs the application, and returns what it prints.</summary>
        public string Start()
        {
            var result = Dotnet.Run(_folder.Path, ["run", "--no-build"], _environment);
            Assert.AreEqual(0, result.ExitCode, result.ToString());
            return result.Output;
        }

        public void Dispose() => _folder.Dispose();
    }
}
