using MigrationsBuild.Testing;

namespace MigrationsBuild.Targets.Tests;

/// <summary>What a model or a migration reads besides the code that a build compiles: a change of it is noticed.</summary>
[TestClass]
public class KeptAnswerTests
{
    private const string Seed = """[{ "Id": 1, "Name": "a" }]""";

    [TestMethod]
    [DataRow("")]
    [DataRow("<ItemGroup><Content Include=\"seed/*.json\" CopyToOutputDirectory=\"PreserveNewest\" /></ItemGroup>")]
    public void Rows_in_a_data_file_that_HasData_reads(string items)
    {
        using var project = TestProject.Create();
        project.Configure("builder.Entity<User>().HasData(System.Text.Json.JsonSerializer.Deserialize<User[]>(System.IO.File.ReadAllText(\"seed/users.json\"))!);");
        project.Folder.Write("seed/users.json", Seed).Replace("App.csproj", "</Project>", items + "</Project>");
        Adopt(project);
        Assert.IsEmpty(project.Build().Ours);
        Assert.AreEqual(0, project.Build().WorkerStarts);

        project.Folder.Write("seed/users.json", Seed.Replace("]", """, { "Id": 2, "Name": "b" }]""", StringComparison.Ordinal));

        Assert.AreEqual("MIG1001", project.Build().Ours.Single().Code);
        Assert.IsTrue(project.Build(TestCode.Ci).Ours.Single().IsError);
    }

    [TestMethod]
    public void A_file_elsewhere_that_DbInput_names()
    {
        using var project = TestProject.Create();
        project.Folder.Write("../table.txt", "Users").Replace("App.csproj", "</Project>", "<ItemGroup><DbInput Include=\"../table.txt\" /></ItemGroup></Project>");
        project.Configure("builder.Entity<User>().ToTable(System.IO.File.ReadAllText(\"../table.txt\"));");
        Adopt(project);
        Assert.IsEmpty(project.Build().Ours);

        project.Folder.Write("../table.txt", "People");

        Assert.Contains("renames table \"Users\" to \"People\"", project.Build().Ours.Single().Text);
    }

    [TestMethod]
    public void A_variable_of_the_environment_that_decides_what_the_model_is()
    {
        using var project = TestProject.CreateMigrated();
        project.Configure("builder.Entity<User>().ToTable(System.Environment.GetEnvironmentVariable(\"USERS_TABLE\") ?? \"Users\");");
        Assert.IsEmpty(project.Build().Ours);

        var other = project.Build(new Dictionary<string, string?> { ["USERS_TABLE"] = "People" });

        Assert.Contains("renames table \"Users\" to \"People\"", other.Ours.Single().Text);
        Assert.IsEmpty(project.Build().Ours);
    }

    [TestMethod]
    public void A_switch_of_the_runtime()
    {
        using var project = TestProject.Create(TestPackages.Npgsql);
        project.AddToUser("public System.DateTime At { get; set; }");
        project.Folder.Write("runtimeconfig.template.json", """{ "configProperties": { "Npgsql.EnableLegacyTimestampBehavior": true } }""");
        Adopt(project);

        Assert.Contains("\"At\" timestamp without time zone NOT NULL", project.Folder.Read(project.Sql("Initial")));
        Assert.IsEmpty(project.Build().Ours);

        project.Folder.Replace("runtimeconfig.template.json", "true", "false");
        Assert.Contains("timestamp with time zone", project.Build().Ours.Single().Text);
    }

    [TestMethod]
    public void A_script_that_a_migration_reads_from_the_output()
    {
        using var project = TestProject.CreateMigrated();
        project.Folder.Write("Scripts/fill.sql", "INSERT INTO \"Users\" (\"Name\") VALUES ('a');\n")
            .Replace("App.csproj", "</Project>", "<ItemGroup><None Update=\"Scripts/*.sql\" CopyToOutputDirectory=\"PreserveNewest\" /></ItemGroup></Project>");
        project.Run("DbRevision", "Msg=fill", "DbEmpty=true");
        project.Folder.Replace(
            project.Folder.Find("Migrations", "*_Fill.cs"), "protected override void Up(MigrationBuilder migrationBuilder)\n        {",
            "protected override void Up(MigrationBuilder migrationBuilder)\n        {\n            migrationBuilder.Sql(System.IO.File.ReadAllText(System.IO.Path.Combine(System.AppContext.BaseDirectory, \"Scripts\", \"fill.sql\")));");
        project.Build();
        Assert.Contains("VALUES ('a')", project.Folder.Read(project.Sql("Fill")));

        project.Folder.Replace("Scripts/fill.sql", "'a'", "'b'");

        Assert.AreEqual("MIG1002", project.Build().Ours.Single().Code);
        Assert.Contains("VALUES ('b')", project.Folder.Read(project.Sql("Fill")));
    }

    private static void Adopt(TestProject project)
    {
        project.Run("DbRevision", "Msg=initial");
        project.Run("DbApprove");
    }
}
