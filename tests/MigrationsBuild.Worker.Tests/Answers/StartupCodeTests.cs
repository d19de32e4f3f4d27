using MigrationsBuild.Contexts;
using MigrationsBuild.Protocol;

namespace MigrationsBuild.Worker.Tests.Answers;

/// <summary>The application's start-up code, and the contexts that need it.</summary>
[TestClass]
public class StartupCodeTests
{
    private const string Hosted = "MigrationsBuild.Worker.Fixtures.Startup.HostedContext";
    private const string FirstLine = "|Console.WriteLine(\"error XY1234: this is only what the application prints\");";
    private const string OfFactory = "MigrationsBuild.Worker.Fixtures.Startup.FactoryContext";

    [TestMethod]
    public void Main_of_a_hosted_application_runs_up_to_Build_and_no_further()
    {
        var start = Fixture.Startup.Shared;

        Assert.AreEqual("Microsoft.EntityFrameworkCore.Sqlite", Fixture.Startup["HostedContext"].Provider);
        Assert.Contains("error XY1234: this is only what the application prints", start.Output);
        Assert.DoesNotContain("Main went on.", start.Output);
    }

    [TestMethod]
    [DataRow(
        "--throw",
        "InvalidOperationException: no vault: Password=***, at Program.<Main>$",
        "|throw new InvalidOperationException(\"no vault: Password=hush-hush\");")]
    [DataRow("--exit", "its start-up code ended the process, with exit code 3", FirstLine)]
    [DataRow("--hang", "its start-up code didn't finish within 1 s (DbWorkerTimeout)", FirstLine)]
    public void Startup_code_that_fails_is_reported_with_the_fix(string argument, string text, string source)
    {
        var start = Fixture.Startup.Ask(
            describe: project => (project["DbArguments"], project["DbWorkerTimeout"]) = (argument, argument == "--hang" ? "1" : ""));

        Assert.Contains(text, string.Join('\n', start.Answer.Problems.Select(problem => problem.Message)));
        var problem = start.Answer.Problems.First(problem => problem.Message.Contains(text, StringComparison.Ordinal));
        var finding = new Finding(problem, Fixture.Startup.Folder);
        Assert.AreEqual("MIG1009", finding.Code);
        Assert.Contains("IDesignTimeDbContextFactory", finding.Text);
        Assert.AreEqual("Program.cs", finding.File);
        Assert.AreEqual(source, finding.Source);
        Assert.DoesNotContain("hush-hush", start.Output);
    }

    [TestMethod]
    public void A_design_time_factory_needs_no_startup_code_and_both_get_the_arguments()
    {
        var throwing = Fixture.Startup.Ask(describe: project => project["DbArguments"] = "--throw \"two words\"", ask: Connecting);
        var hosted = Fixture.Startup.Ask(describe: project => project["DbArguments"] = "--db other,%2541", ask: Connecting);

        Assert.Contains("--throw+two words.db", throwing.Connections[OfFactory]["string"]);
        Assert.IsFalse(throwing.Connections.ContainsKey(Hosted));
        Assert.Contains("other,%41.db", hosted.Connections[Hosted]["string"]);
    }

    [TestMethod]
    public void A_context_that_cant_be_constructed_is_reported_at_its_own_frame()
    {
        var finding = ProblemOf("ThrowingContext");

        Assert.AreEqual(("MIG1009", "Contexts.cs"), (finding.Code, finding.File));
        Assert.AreEqual("private static void Load() => |throw new FormatException(\"no settings\");", finding.Source);
        Assert.Contains("ThrowingContext can't be created: FormatException: no settings, at ", finding.Text);
        Assert.Contains(".ThrowingContext.Load", finding.Text);
        Assert.AreEqual(SeenState.NotCreated, StateOf("ThrowingContext"));
    }

    [TestMethod]
    public void A_model_that_EF_Core_refuses_gives_no_verdict()
    {
        var finding = ProblemOf("RefusedContext");

        Assert.AreEqual("MIG1009", finding.Code);
        Assert.StartsWith("The model of RefusedContext can't be built: InvalidOperationException: ", finding.Text);
        Assert.AreEqual(
            "protected override void OnModelCreating(ModelBuilder modelBuilder) => |modelBuilder.Entity<Item>().HasKey(\"Nothing\");",
            finding.Source);
    }

    [TestMethod]
    public void A_context_that_needs_an_unknown_service_is_reported_at_its_class()
    {
        var finding = ProblemOf("SecretContext");

        Assert.AreEqual("MIG1009", finding.Code);
        Assert.AreEqual("public class |SecretContext(string secret) : DbContext", finding.Source);
    }

    [TestMethod]
    public void Contexts_of_packages_are_found_if_the_start_up_code_registers_them() =>
        Assert.AreEqual(SeenState.Reported, StateOf("IdentityDbContext"));

    [TestMethod]
    public void A_generic_context_is_named_with_its_type_arguments_and_without_their_assemblies()
    {
        const string fixtures = "MigrationsBuild.Worker.Fixtures.Startup.";
        var tenants = Fixture.Startup.Shared.Answer.Contexts.Where(context => context.ShortName == "TenantContext").ToList();

        CollectionAssert.AreEqual(
            new[] { $"{fixtures}TenantContext`1[{fixtures}Item]", $"{fixtures}TenantContext`1[{fixtures}Customer]" },
            tenants.ConvertAll(context => context.Name));
        Assert.AreEqual("TenantContext.approvals", Path.GetFileName(tenants[0].ApprovalsPath));
    }

    [TestMethod]
    public void A_generic_context_is_drafted()
    {
        const string fixtures = "MigrationsBuild.Worker.Fixtures.Startup.";
        var draft = Fixture.Startup.Draft($"{fixtures}TenantContext`1[{fixtures}Item]");

        CollectionAssert.Contains(
            draft.Answer.Changes.Select(change => Path.GetFileName(change.Path)).ToList(), "TenantContextModelSnapshot.cs");
        Assert.Contains("[DbContext(typeof(TenantContext<Item>))]", draft.Answer.Changes[0].Text!);
    }

    [TestMethod]
    public void A_context_of_a_pool_needs_no_configured_connection_string() =>
        Assert.AreEqual(SeenState.Reported, StateOf("PooledContext"));

    [TestMethod]
    public void A_context_in_memory_has_nothing_to_compare() => Assert.AreEqual(SeenState.NotRelational, StateOf("MemoryContext"));

    private static WorkerRequest Connecting(WorkerRequest request) => request with { WantsConnections = true };

    private static Finding ProblemOf(string context) =>
        new(
            Fixture.Startup.Shared.Answer.Problems.Single(problem => problem.Message.Contains(context, StringComparison.Ordinal)),
            Fixture.Startup.Folder);

    private static SeenState StateOf(string context) =>
        Fixture.Startup.Shared.Answer.Seen.Single(seen => seen.Name.EndsWith("." + context, StringComparison.Ordinal)).State;
}
