using DotNet.Testcontainers.Builders;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>Where these tests' own PostgreSQL comes from.</summary>
[TestClass]
public class PostgreSqlSourceTests
{
    [TestMethod]
    [DataRow("Host=db", true, true, "Server", DisplayName = "What was named")]
    [DataRow(null, true, true, "Container", DisplayName = "A container")]
    [DataRow("", false, true, "Installed", DisplayName = "The programs of this machine")]
    [DataRow(null, false, false, "None", DisplayName = "Nothing")]
    public void The_first_that_there_is_is_taken(string? server, bool canRunContainers, bool hasPrograms, string expected) =>
        Assert.AreEqual(expected, PostgreSqlSource.Choose(server, () => canRunContainers, () => hasPrograms).ToString());

    [TestMethod]
    public void With_a_named_server_no_container_engine_is_needed() =>
        Assert.AreEqual(
            PostgreSqlSourceKind.Server,
            PostgreSqlSource.Choose("Host=db", () => throw new InvalidOperationException("It was asked."), () => true));

    [TestMethod]
    public void Programs_count_only_where_all_of_them_are()
    {
        using var some = new TestFolder("some");
        using var all = new TestFolder("all");
        foreach (var program in InstalledPrograms.Needed)
            all.Write(program, "");
        some.Write("psql", "");

        Assert.IsNull(InstalledPrograms.In([some.Path, some["missing"]]));
        Assert.AreEqual(all.Path, InstalledPrograms.In([some.Path, all.Path]));
    }

    [TestMethod]
    public void Without_any_source_one_test_fails_with_the_fix_and_the_others_are_inconclusive()
    {
        var failures = 0;
        var failure = new InvalidOperationException(PostgreSqlSource.Message);

        Assert.AreSame(failure, PostgreSqlSource.Once(failure, ref failures));
        Assert.IsInstanceOfType<AssertInconclusiveException>(PostgreSqlSource.Once(failure, ref failures));
        foreach (var way in new[] { "Docker", "initdb", "pg_dump", PostgreSqlSource.Variable })
            Assert.Contains(way, PostgreSqlSource.Message);
    }

    /// <summary>Without an engine, no more can be seen of the container than the request that creates it.</summary>
    [TestMethod]
    public async Task The_container_waits_as_the_user_postgres_and_maps_the_port()
    {
        using var engine = new FakeContainerEngine();
        var container = ContainerPrograms.Configure(
            new ContainerBuilder(ContainerPrograms.Image).WithDockerEndpoint(engine.Address).WithCleanUp(false)).Build();

        await Assert.ThrowsAsync<Exception>(() => container.StartAsync());

        Assert.AreEqual("postgres:15", engine.Created.GetProperty("Image").GetString());
        Assert.AreEqual("postgres", engine.Created.GetProperty("User").GetString());
        Assert.AreEqual("sleep infinity", string.Join(' ', engine.Created.GetProperty("Entrypoint").EnumerateArray()));
        Assert.IsTrue(engine.Created.GetProperty("HostConfig").GetProperty("PortBindings").TryGetProperty("5432/tcp", out var ports));
        Assert.AreEqual("", ports[0].GetProperty("HostPort").GetString(), "A free one is taken.");
    }
}
