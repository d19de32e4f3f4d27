using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>Manipulated files of a deployment. The runner refuses them before it connects.</summary>
[TestClass]
public class DeployedFileTests
{
    private const string Id = "20260101000000_A";
    private const string Nowhere = "Host=127.0.0.1;Port=1;Username=nobody";

    [TestMethod]
    [DataRow("../outside.sql")]
    [DataRow("sql/../../outside.sql")]
    [DataRow("ABSOLUTE")]
    public void A_path_that_leads_out_of_the_folder_is_refused(string path)
    {
        using var deployed = new DeployedSet(Id);
        File.WriteAllText(deployed.Outside, deployed.Folder.Read($"sql/{Id}.sql"));
        deployed.Folder.Replace(
            "ShopContext.manifest", $"up-path=sql/{Id}.sql", "up-path=" + (path == "ABSOLUTE" ? deployed.Outside : path));

        deployed.Run(Nowhere, "migrate").Fails(4, "MIG3013", "outside of its folder");
    }

    [TestMethod]
    public void A_link_that_leads_out_of_the_folder_is_refused()
    {
        using var deployed = new DeployedSet(Id);
        File.Move(deployed.Folder[$"sql/{Id}.sql"], deployed.Outside);
        File.CreateSymbolicLink(deployed.Folder[$"sql/{Id}.sql"], deployed.Outside);

        deployed.Run(Nowhere, "migrate").Fails(4, "MIG3013", "outside of its folder");
    }

    [TestMethod]
    public void A_folder_that_is_a_link_out_is_refused()
    {
        using var deployed = new DeployedSet(Id);
        var elsewhere = Path.Combine(deployed.Folder.Run, "elsewhere");
        Directory.Move(deployed.Folder["sql"], elsewhere);
        Directory.CreateSymbolicLink(deployed.Folder["sql"], elsewhere);

        deployed.Run(Nowhere, "migrate").Fails(4, "MIG3013", "outside of its folder");
    }

    [TestMethod]
    public void Links_within_the_folder_are_how_Kubernetes_mounts_files()
    {
        using var deployed = new DeployedSet(Id);
        Directory.Move(deployed.Folder["sql"], deployed.Folder["..2026_11_25"]);
        Directory.CreateSymbolicLink(deployed.Folder["..data"], "..2026_11_25");
        Directory.CreateDirectory(deployed.Folder["sql"]);
        foreach (var file in new[] { $"{Id}.sql", $"{Id}.down.sql" })
            File.CreateSymbolicLink(deployed.Folder[$"sql/{file}"], $"../..data/{file}");

        deployed.Run(deployed.Connection, "migrate").Succeeds();
    }

    [TestMethod]
    public void A_folder_that_is_itself_reached_by_a_link_is_fine()
    {
        using var deployed = new DeployedSet(Id);
        var link = Path.Combine(deployed.Folder.Run, "current");
        Directory.CreateSymbolicLink(link, deployed.Folder.Path);

        DeployedResult.Of(
            Dotnet.Run(
                link,
                [Path.Combine(link, "MigrationsBuild.Runner.dll"), "migrate"],
                DeployedSet.Environment(deployed.Connection))).Succeeds();
    }

    [TestMethod]
    [DataRow("SELECT 'a\0b';\n", "NUL")]
    [DataRow("CREATE TABLE a (id integer);\nCOMMIT;\nDROP TABLE a;\n", "COMMIT would end the transaction")]
    [DataRow("\\! echo\n", "work only in psql")]
    public void SQL_that_was_written_by_hand_and_cant_be_run_is_refused_before_anything_is_applied(string sql, string flaw)
    {
        using var deployed = new DeployedSet("20250101000000_First").Add(Id, sql);

        deployed.Run(deployed.Connection, "migrate").Fails(4, "MIG1010", flaw);

        Assert.IsEmpty(deployed.Database.Query("SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace"));
    }

    [TestMethod]
    [DataRow("20260101000000_A\tx")]
    [DataRow("../../etc/passwd")]
    [DataRow("")]
    public void A_malformed_id_is_refused(string id)
    {
        using var deployed = new DeployedSet(Id);
        deployed.Folder.Replace(
            "ShopContext.manifest", $"migration\tid={Id}", "migration\tid=" + id.Replace("\t", "\\t", StringComparison.Ordinal));

        deployed.Run(Nowhere, "migrate").Fails(4, "MIG3013", "isn't the id of a migration");
    }

    [TestMethod]
    [DataRow("migrate")]
    [DataRow("current")]
    [DataRow("history")]
    [DataRow("script")]
    [DataRow("check")]
    [DataRow("stamp")]
    [DataRow("rollback")]
    public void A_malformed_manifest_is_refused_by_every_verb(string verb)
    {
        using var deployed = new DeployedSet(Id);
        var manifest = deployed.Folder.Read("ShopContext.manifest");
        foreach (var text in new[] { "", "\0\u0001\0", "manifest", manifest[..manifest.IndexOf("\nmigration", StringComparison.Ordinal)] })
        {
            deployed.Folder.Write("ShopContext.manifest", text);

            deployed.Run(Nowhere, verb is "current" or "check" ? [verb] : [verb, "head"]).Fails(4, "MIG3013", "ShopContext.manifest(1,1)");
        }
    }
}
