using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Review;

namespace MigrationsBuild.Core.Tests.Protocol;

[TestClass]
public class ManifestTests
{
    private static readonly Manifest _manifest = new(
        "App.Data+ShopContext",
        "Provider",
        "10.0.0",
        new HistoryTable(null, "__EFMigrationsHistory", "MigrationId", "ProductVersion", Wire.Odd),
        [],
        []);

    [TestMethod]
    public void A_manifest_comes_back()
    {
        var states = Enum.GetValues<MigrationState>();
        var manifest = _manifest with
        {
            Migrations =
            [
                .. states.Select(
                    (state, i) => new ManifestMigration($"{i}_A", state, $"../{i}_A.sql", "up", $"../{i}_A.down.sql", "down", null)),
                new ManifestMigration("9_B", MigrationState.Approved, null, "", null, "", Wire.Odd)
                {
                    Recording = new HistoryScripts(Wire.Odd, ""),
                },
            ],
            History = _manifest.History with { DeleteScript = Wire.Odd, Unsupported = Wire.Odd, HasNonDeterministicScripts = true },
            OtherMigrations = ["1_Other", "2_Other"],
            ConnectionVariable = "SHOP_DATABASE",
            Settings = RunSettingsTests.Odd,
            Creation = new DatabaseCreation("admin", Wire.Odd, "C", "fast"),
            FormerContexts = ["App.Data+OldContext", Wire.Odd],
            Squashes = [new Squash("9_B", ["1_X", "2_Y"])],
        };

        var read = Manifest.From(Wire.Send(manifest.ToMessages()));

        CollectionAssert.AreEqual(manifest.Migrations.ToArray(), read.Migrations.ToArray());
        CollectionAssert.AreEqual(manifest.OtherMigrations.ToArray(), read.OtherMigrations.ToArray());
        CollectionAssert.AreEqual(manifest.FormerContexts.ToArray(), read.FormerContexts.ToArray());
        Assert.AreEqual("9_B replaces 1_X 2_Y", read.Squashes.Single().ToString());
        var withSameLists = read with
        {
            Migrations = manifest.Migrations,
            OtherMigrations = manifest.OtherMigrations,
            FormerContexts = manifest.FormerContexts,
            Squashes = manifest.Squashes,
        };
        Assert.AreEqual(manifest, withSameLists);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("\0\u0001binary\0")]
    [DataRow("manifest")]
    [DataRow("migration\tid=1_A\tstate=Approved")]
    [DataRow("manifest\tcontext=A\tlock-timeout=soon")]
    [DataRow("manifest\tcontext=A\tformat=2")]
    [DataRow("manifest\tcontext=A\tmigrations=2\nmigration\tid=1_A\tstate=Approved")]
    [DataRow("manifest\tcontext=A\tmigrations=1\nmigration\tid=20260101000000_A\tstate=Wonderful")]
    [DataRow("manifest\tcontext=A\tmigrations=1\nmigration\tid=../../etc/passwd\tstate=Approved")]
    [DataRow("manifest\tcontext=A\tmigrations=1\nmigration\tid=a\\nb\tstate=Approved")]
    [DataRow("manifest\tcontext=A\tmigrations=1\nmigration\tid=\tstate=Approved")]
    [DataRow("manifest\tcontext=A\tmigrations=2\nmigration\tid=1_A\tstate=Approved\nmigration\tid=1_a\tstate=Approved")]
    public void What_is_no_deployed_manifest_is_refused_with_a_place(string text)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, text);

        var error = Assert.ThrowsExactly<MigrationsException>(() => Manifest.Read(path));

        Assert.AreEqual((DiagnosticCodes.Tampered, path), (error.Diagnostic.Code, error.Diagnostic.Location!.File));
        File.Delete(path);
        Assert.AreEqual(DiagnosticCodes.Tampered, Assert.ThrowsExactly<MigrationsException>(() => Manifest.Read(path)).Diagnostic.Code);
    }

    [TestMethod]
    public void An_id_of_150_characters_is_one_and_a_longer_one_isnt()
    {
        var path = Path.GetTempFileName();
        Manifest Read(int length)
        {
            var migration = new ManifestMigration(new string('é', length), MigrationState.Approved, null, "", null, "", null);
            MessageFile.Write(path, (_manifest with { Migrations = [migration] }).ToMessages());
            return Manifest.Read(path);
        }

        Assert.HasCount(1, Read(150).Migrations);
        Assert.ThrowsExactly<MigrationsException>(() => Read(151));
        File.Delete(path);
    }

    [TestMethod]
    public void A_deployed_manifest_names_files_beside_it()
    {
        var source = new ManifestMigration("1_A", MigrationState.Approved, "/src/App/Migrations/1_A.sql", "up", null, "", null);
        var manifest = _manifest with { Migrations = [source] };

        var migration = manifest.Deployed("ShopContext").Migrations.Single();

        Assert.AreEqual(("ShopContext/1_A.sql", null), (migration.UpPath, migration.DownPath));
    }

    [TestMethod]
    [DataRow(null, "History")]
    [DataRow("", ".History")]
    [DataRow("shop", "shop.History")]
    public void A_history_table_comes_back_with_or_without_schema(string? schema, string fullName)
    {
        var history = new HistoryTable(schema, "History", "Id", "Version", "CREATE TABLE \"History\" (\n);\n");

        Assert.AreEqual(history, Wire.Send(new MessageLine("m").WithRecord(history)).Single().ReadRecord<HistoryTable>());
        Assert.AreEqual(fullName, history.FullName);
    }

    [TestMethod]
    [DataRow("App.Data+ShopContext", "ShopContext")]
    [DataRow("App.ShopContext", "ShopContext")]
    [DataRow("ShopContext", "ShopContext")]
    public void A_context_has_a_short_name(string name, string shortName) =>
        Assert.AreEqual(shortName, (_manifest with { Context = name }).ShortName);
}
