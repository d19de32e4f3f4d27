using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using static MigrationsBuild.Worker.Tests.Provider;

namespace MigrationsBuild.Worker.Tests.Model;

[TestClass]
public class NamesAndSubjectsTests
{
    [TestMethod]
    public void A_migration_is_named_after_the_change_of_the_database()
    {
        Check("adds enum shop.mood (sad, ok)", "AddMoodEnum", _ => { }, b => b.HasPostgresEnum("shop", "mood", ["sad", "ok"]));
        Check(
            "changes enum mood: adds ok",
            "ChangeMoodEnum",
            b => b.HasPostgresEnum("mood", ["sad"]),
            b => b.HasPostgresEnum("mood", ["sad", "ok"]));
        Check(
            "changes enum mood: order a, b to b, a",
            "ChangeMoodEnum",
            b => b.HasPostgresEnum("mood", ["a", "b"]),
            b => b.HasPostgresEnum("mood", ["b", "a"]));
        Check("drops enum mood", "DropMoodEnum", b => b.HasPostgresEnum("mood", ["sad"]), _ => { });
        Check("adds extension uuid-ossp", "AddUuidOsspExtension", _ => { }, b => b.HasPostgresExtension("uuid-ossp"));
        Check("adds extension ext.hstore version 1.4", "AddHstoreExtension", _ => { }, b => b.HasPostgresExtension("ext", "hstore", "1.4"));
        Check("drops extension citext", "DropCitextExtension", b => b.HasPostgresExtension("citext"), _ => { });
        Check("adds range float_range (float8)", "AddFloatRangeRange", _ => { }, b => b.HasPostgresRange("float_range", "float8"));
        Check(
            "adds collation ci (en-u-ks-primary, provider icu, not deterministic)",
            "AddCiCollation",
            _ => { },
            b => b.HasCollation("ci", "en-u-ks-primary", "icu", deterministic: false));
        Check(
            "changes the database: collation C to POSIX",
            "ChangeDatabaseCollation",
            b => b.UseCollation("C"),
            b => b.UseCollation("POSIX"));
        Check(
            "drops extension citext; adds enum mood (sad)",
            "DropCitextExtensionAndAddMoodEnum",
            b => b.HasPostgresExtension("citext"),
            b => b.HasPostgresEnum("mood", ["sad"]));

        static void Check(string description, string name, Action<ModelBuilder> before, Action<ModelBuilder> after) =>
            ModelPair.Check(description, PostgreSql, before, after, name);
    }

    [TestMethod]
    public void An_entity_without_a_class_is_called_by_its_own_name()
    {
        using var pair = new ModelPair(
            PostgreSql,
            b => Bag(b),
            b =>
            {
                var bag = Bag(b);
                bag.HasOne(typeof(Blog), "Blog").WithMany().HasForeignKey("BlogId");
                bag.IndexerProperty<string>("Note");
            });

        Assert.AreEqual("PostTag.BlogId, PostTag.Note", pair.Subjects);
        Assert.AreEqual("AddPostTagBlogIdAndPostTagNote", pair.Name);

        static EntityTypeBuilder<Dictionary<string, object>> Bag(ModelBuilder b)
        {
            b.Entity<Blog>();
            var bag = b.SharedTypeEntity<Dictionary<string, object>>("PostTag");
            bag.IndexerProperty<int>("Id");
            return bag;
        }
    }

    [TestMethod]
    public void A_non_deterministic_value_of_an_entity_without_a_class_is_reported()
    {
        using var pair = new ModelPair(Sqlite, b => Row(b, "a"), b => Row(b, "b"));
        using var context = new ModelContext(Sqlite, b => Row(b, "a"));
        var part = new NonDeterministicParts(context.RelationalModel, pair.Operations, _ => MachineSettings.None).Parts.Single();

        Assert.AreEqual("Tag.Note", part.Subject.Name);
        Assert.IsNull(part.Subject.Entity);

        static void Row(ModelBuilder b, string note)
        {
            var bag = b.SharedTypeEntity<Dictionary<string, object>>("Tag");
            bag.IndexerProperty<int>("Id");
            bag.IndexerProperty<string>("Note");
            bag.HasData(new { Id = 1, Note = note });
        }
    }
}
