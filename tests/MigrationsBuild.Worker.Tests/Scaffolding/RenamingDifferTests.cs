using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Tests.Scaffolding;

/// <summary>The operations of a draft, with the renames that a person names.</summary>
[TestClass]
public class RenamingDifferTests
{
    private const string Form =
        "Write <table>.<column>:<new name> for a column, for example Users.Name:FullName, or Users.Hash: for a column that was not "
        + "renamed. Write <table>:<new name> for a table, for example People:Humans or crm.People:crm.Humans.";

    [TestMethod]
    public void A_drop_and_an_add_become_a_rename_with_the_change_of_the_column()
    {
        static void Before(EntityTypeBuilder user) => user.Property<string>("Name").HasMaxLength(50);
        static void After(EntityTypeBuilder user) => user.Property<string>("FullName").HasMaxLength(100).IsRequired();

        Assert.AreEqual(
            """
            ALTER TABLE "Users" RENAME COLUMN "Name" TO "FullName";
            ALTER TABLE "Users" ALTER COLUMN "FullName" TYPE character varying(100);
            UPDATE "Users" SET "FullName" = '' WHERE "FullName" IS NULL;
            ALTER TABLE "Users" ALTER COLUMN "FullName" SET NOT NULL;
            ALTER TABLE "Users" ALTER COLUMN "FullName" SET DEFAULT '';
            """,
            Sql(Before, After, "Users.Name:FullName"));
        Assert.AreEqual(
            """
            ALTER TABLE "Users" RENAME COLUMN "FullName" TO "Name";
            ALTER TABLE "Users" ALTER COLUMN "Name" TYPE character varying(50);
            ALTER TABLE "Users" ALTER COLUMN "Name" DROP NOT NULL;
            """,
            Sql(After, Before, "Users.Name:FullName"),
            "The way back is the reverse.");
    }

    [TestMethod]
    public void A_column_that_only_has_another_name_and_length_is_renamed_and_changed() => Assert.AreEqual(
        """
        ALTER TABLE "Users" RENAME COLUMN "Code" TO "Number";
        ALTER TABLE "Users" ALTER COLUMN "Number" TYPE bigint;
        """,
        Sql(user => user.Property<int>("Code"), user => user.Property<long>("Number"), "public.Users.Code:Number users.Code:Number"));

    [TestMethod]
    public void Exchanged_names_are_put_right()
    {
        static void Before(EntityTypeBuilder user) => Texts(user, "FirstName", "LastName");
        static void After(EntityTypeBuilder user) => Texts(user, "FamilyName", "GivenName");
        var alone = Sql(Before, After, "");
        var wrong = alone.Contains("\"FirstName\" TO \"FamilyName\"", StringComparison.Ordinal);

        var right = Sql(Before, After, "Users.FirstName:GivenName Users.LastName:FamilyName");

        Assert.IsTrue(wrong, $"EF Core pairs them by their order.\n{alone}");
        Assert.Contains("RENAME COLUMN \"FirstName\" TO \"GivenName\";", right);
        Assert.Contains("RENAME COLUMN \"LastName\" TO \"FamilyName\";", right);
        var back = Sql(After, Before, "Users.FirstName:GivenName;Users.LastName:FamilyName");
        Assert.Contains("RENAME COLUMN \"GivenName\" TO \"FirstName\";", back);
        Assert.Contains("RENAME COLUMN \"FamilyName\" TO \"LastName\";", back);
    }

    [TestMethod]
    public void Unrelated_columns_are_dropped_and_added()
    {
        static void Before(EntityTypeBuilder user) => user.Property<string>("PasswordHash").IsRequired();
        static void After(EntityTypeBuilder user) => user.Property<string>("Nickname").IsRequired();

        Assert.AreEqual(
            """
            ALTER TABLE "Users" DROP COLUMN "PasswordHash";
            ALTER TABLE "Users" ADD "Nickname" text NOT NULL DEFAULT '';
            """,
            Sql(Before, After, "Users.PasswordHash:"));
        Assert.AreEqual(
            """
            ALTER TABLE "Users" DROP COLUMN "Nickname";
            ALTER TABLE "Users" ADD "PasswordHash" text NOT NULL DEFAULT '';
            """,
            Sql(After, Before, "Users.PasswordHash:"));
    }

    [TestMethod]
    public void A_table_that_is_renamed_with_its_class_keeps_its_rows()
    {
        static void Before(ModelBuilder model) => Shop(model, "Person", "People", built => built.Property<string>("Name").HasMaxLength(50));
        static void After(ModelBuilder model) => Shop(model, "Human", "Humans", built => built.Property<string>("Name").HasMaxLength(99));

        Assert.AreEqual(
            """
            ALTER TABLE "Orders" DROP CONSTRAINT "FK_Orders_People_OwnerId";
            ALTER TABLE "People" DROP CONSTRAINT "PK_People";
            ALTER TABLE "People" RENAME TO "Humans";
            ALTER INDEX "IX_People_Email" RENAME TO "IX_Humans_Email";
            ALTER TABLE "Humans" ALTER COLUMN "Name" TYPE character varying(99);
            ALTER TABLE "Humans" ADD CONSTRAINT "PK_Humans" PRIMARY KEY ("Id");
            ALTER TABLE "Orders" ADD CONSTRAINT "FK_Orders_Humans_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Humans" ("Id");
            """,
            Sql(Before, After, "People:Humans"));
        Assert.AreEqual(
            """
            ALTER TABLE "Orders" DROP CONSTRAINT "FK_Orders_Humans_OwnerId";
            ALTER TABLE "Humans" DROP CONSTRAINT "PK_Humans";
            ALTER TABLE "Humans" RENAME TO "People";
            ALTER INDEX "IX_Humans_Email" RENAME TO "IX_People_Email";
            ALTER TABLE "People" ALTER COLUMN "Name" TYPE character varying(50);
            ALTER TABLE "People" ADD CONSTRAINT "PK_People" PRIMARY KEY ("Id");
            ALTER TABLE "Orders" ADD CONSTRAINT "FK_Orders_People_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "People" ("Id");
            """,
            Sql(After, Before, "People:Humans"),
            "The way back is the reverse.");
    }

    /// <summary>Different shapes of an entity, each with the name of its class and its table.</summary>
    public static IEnumerable<object[]> Shapes =>
    [
        ["keys and indexes", (string entity, string table) => (Action<ModelBuilder>)(model => Shop(model, entity, table, shop =>
        {
            shop.HasAlternateKey("Email");
            shop.Property<int?>("BossId");
            shop.HasOne(entity, "Boss").WithMany().HasForeignKey("BossId");
            shop.ToTable(built => built.HasCheckConstraint("CK", "\"Id\" > 0"));
        }))],
        ["seed data", (string entity, string table) => (Action<ModelBuilder>)(model => Shop(model, entity, table, shop =>
            shop.HasData(new { Id = 1, Email = "x" }, new { Id = table.Length, Email = table })))],
        ["owned types", (string entity, string table) => (Action<ModelBuilder>)(model => Shop(model, entity, table, shop =>
        {
            shop.OwnsOne("Address", "Home", home => home.Property<string>("City").HasMaxLength(table.Length));
            shop.OwnsMany("Phone", "Phones", phones =>
            {
                phones.ToTable("Phones");
                phones.Property<int>("OwnerId");
                phones.WithOwner().HasForeignKey("OwnerId");
                phones.Property<int>("Id");
                phones.HasKey("OwnerId", "Id");
            });
        }))],
        ["derived types in one table", (string entity, string table) => (Action<ModelBuilder>)(model =>
        {
            var (@base, derived) = entity == "Person" ? (typeof(Person), typeof(Boss)) : (typeof(Human), typeof(Chief));
            model.Entity(derived);
            model.Entity(@base).ToTable(table).HasDiscriminator<int>("Kind").HasValue(@base, 1).HasValue(derived, 2);
        })],
        ["derived types in tables of their own", (string entity, string table) => (Action<ModelBuilder>)(model =>
        {
            model.Entity(entity == "Person" ? typeof(Boss) : typeof(Chief)).ToTable("Bosses");
            model.Entity(entity == "Person" ? typeof(Person) : typeof(Human)).ToTable(table).UseTptMappingStrategy();
        })],
        ["another schema", (string entity, string table) => (Action<ModelBuilder>)(model =>
            Shop(model, entity, table, shop => shop.ToTable(table, table == "People" ? "crm" : "hr")))],
        ["many to many", (string entity, string table) => (Action<ModelBuilder>)(model =>
        {
            Shop(model, entity, table, shop => { });
            model.Entity("Tag", tag =>
            {
                tag.Property<int>("Id");
                tag.HasMany(entity, "Owners").WithMany("Tags").UsingEntity("TagOwner", link => link.ToTable("TagOwners"));
            });
        })],
    ];

    [TestMethod]
    [DynamicData(nameof(Shapes))]
    public void The_draft_is_the_one_that_EF_Core_writes_if_only_the_table_is_renamed(
        string name, Func<string, string, Action<ModelBuilder>> shape)
    {
        foreach (var provider in new[] { Provider.PostgreSql, Provider.Sqlite })
        {
            var (before, after) = (shape("Person", "People"), shape("Human", "Humans"));
            var alone = Sql(before, shape("Person", "Humans"), "", provider);
            var back = Sql(shape("Person", "Humans"), before, "", provider);

            Assert.Contains("Humans\"", alone, name);
            Assert.Contains("RENAME TO", alone + (name == "another schema" ? "RENAME TO" : ""), name);
            Assert.AreEqual(alone, Sql(before, after, "People:Humans", provider), name);
            Assert.AreEqual(back, Sql(after, before, "People:Humans", provider), name);
        }
    }

    [TestMethod]
    [DataRow("People:Humans People.Name:FullName")]
    [DataRow("humans.Name:FullName crm.People:crm.Humans")]
    [DataRow("crm.People:crm.Humans People:Humans crm.People.Name:FullName")]
    public void Columns_of_a_renamed_table_are_renamed_by_either_name_of_the_table(string answers)
    {
        static void Before(ModelBuilder model) => Of(model, "Person", "People", user => user.Property<string>("Name").HasMaxLength(50));
        static void After(ModelBuilder model) => Of(model, "Human", "Humans", user => user.Property<string>("FullName").HasMaxLength(99));
        static void Of(ModelBuilder model, string entity, string table, Action<EntityTypeBuilder> build) => model.Entity(entity, user =>
        {
            user.ToTable(table, "crm");
            user.Property<int>("Id");
            user.HasKey("Id").HasName("PK");
            build(user);
        });

        Assert.AreEqual(
            """
            ALTER TABLE crm."People" RENAME COLUMN "Name" TO "FullName";
            ALTER TABLE crm."People" RENAME TO "Humans";
            ALTER TABLE crm."Humans" ALTER COLUMN "FullName" TYPE character varying(99);
            """,
            Sql(Before, After, answers));
        Assert.AreEqual(
            """
            ALTER TABLE crm."Humans" RENAME COLUMN "FullName" TO "Name";
            ALTER TABLE crm."Humans" RENAME TO "People";
            ALTER TABLE crm."People" ALTER COLUMN "Name" TYPE character varying(50);
            """,
            Sql(After, Before, answers));
    }

    [TestMethod]
    public void A_table_whose_new_name_another_class_had_is_not_renamed()
    {
        static void Before(ModelBuilder model)
        {
            Shop(model, "Person", "People", person => { });
            model.Entity("Human", human => human.ToTable("Others").Property<int>("Id"));
        }

        var failure = Assert.Throws<Exception>(
            () => Sql(Before, model => Shop(model, "Human", "Humans", human => { }), "People:Humans"));

        Assert.AreEqual(
            "DbRename contains People:Humans, but the draft does not drop table People and create table Humans.", failure.Message);
    }

    [TestMethod]
    [DataRow("Users.Nobody:Name", "DbRename contains Users.Nobody:Name, but the draft does not drop Users.Nobody and add Users.Name.")]
    [DataRow("Users.Nobody:", "DbRename contains Users.Nobody:, but the draft neither renames nor drops Users.Nobody.")]
    [DataRow("Users", $"DbRename is Users. {Form}")]
    [DataRow("Users:", $"DbRename is Users:. {Form}")]
    [DataRow("Users.:FullName", $"DbRename is Users.:FullName. {Form}")]
    [DataRow(".Name:FullName", $"DbRename is .Name:FullName. {Form}")]
    [DataRow("Users:Name:FullName", $"DbRename is Users:Name:FullName. {Form}")]
    [DataRow("Users:People", "DbRename contains Users:People, but the draft does not drop table Users and create table People.")]
    [DataRow("a.Users:b.Us", "DbRename contains a.Users:b.Us, but the draft does not drop table a.Users and create table b.Us.")]
    public void An_answer_that_fits_nothing_is_refused(string answer, string message)
    {
        var failure = Assert.Throws<Exception>(() => Sql(user => Texts(user, "Name"), user => Texts(user, "FullName"), answer));

        Assert.AreEqual(message, failure.Message);
    }

    private static string Sql(Action<EntityTypeBuilder> before, Action<EntityTypeBuilder> after, string renames) =>
        Sql((ModelBuilder model) => User(model, before), model => User(model, after), renames);

    private static string Sql(Action<ModelBuilder> before, Action<ModelBuilder> after, string renames, Provider? provider = null)
    {
        using var old = new ModelContext(provider ?? Provider.PostgreSql, before);
        using var @new = new ModelContext(provider ?? Provider.PostgreSql, after);
        var names = old.RelationalModel.Model.GetEntityTypes().Select(type => type.Name).ToList();
        var differ = new RenamingDiffer(@new.GetService<IMigrationsModelDiffer>(), RenameAnswers.Parse(renames));
        Assert.IsEmpty(differ.GetDifferences(old.RelationalModel, old.RelationalModel), "Other comparisons stay as they are.");
        var operations = differ.GetDifferences(old.RelationalModel, @new.RelationalModel);
        differ.RequireApplied();
        CollectionAssert.AreEqual(names, old.RelationalModel.Model.GetEntityTypes().Select(type => type.Name).ToList());
        var commands = @new.GetService<IMigrationsSqlGenerator>().Generate(operations, @new.RelationalModel.Model);
        return string.Concat(commands.Select(command => command.CommandText)).Trim();
    }

    private static void Shop(ModelBuilder model, string entity, string table, Action<EntityTypeBuilder> build)
    {
        model.Entity(entity, person =>
        {
            person.ToTable(table);
            person.Property<int>("Id");
            person.Property<string>("Email");
            person.HasIndex("Email");
            build(person);
        });
        model.Entity("Order", order =>
        {
            order.ToTable("Orders");
            order.Property<int>("Id");
            order.Property<int?>("OwnerId");
            order.HasOne(entity, "Owner").WithMany().HasForeignKey("OwnerId");
        });
    }

    private static void User(ModelBuilder model, Action<EntityTypeBuilder> build) => model.Entity("User", user =>
    {
        user.ToTable("Users");
        user.Property<int>("Id");
        build(user);
    });

    private static void Texts(EntityTypeBuilder entity, params string[] names)
    {
        foreach (var name in names)
            entity.Property<string>(name);
    }

    private class Person
    {
        public int Id { get; set; }
    }

    private sealed class Boss : Person
    {
        public int Level { get; set; }
    }

    private class Human
    {
        public int Id { get; set; }
    }

    private sealed class Chief : Human
    {
        public int Level { get; set; }
    }
}
