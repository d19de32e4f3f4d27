using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MigrationsBuild.Worker.Tests.Model;

/// <summary>The lint of the migrations that EF Core generates, with the tables that the worker describes.</summary>
[TestClass]
public class LintedModelTests
{
    private enum State
    {
        Open,
        Closed,
    }

    [TestMethod]
    [DataRow("MIG2401", "Name", "FullName", DisplayName = "A rename")]
    [DataRow("MIG2105", "PasswordHash", "Nickname", DisplayName = "Two unrelated properties")]
    public void A_renamed_property(string codes, string before, string after) => Check(
        codes,
        model => User(model, user => user.Property<string>(before)),
        model => User(model, user => user.Property<string>(after)));

    [TestMethod]
    public void Two_renamed_properties() => Check(
        "MIG2105 MIG2105",
        model => User(model, user => Texts(user, "FirstName", "LastName")),
        model => User(model, user => Texts(user, "GivenName", "FamilyName")));

    [TestMethod]
    public void A_rename_with_another_length() => Check(
        "MIG2104",
        model => User(model, user => user.Property<string>("Name").HasMaxLength(50)),
        model => User(model, user => user.Property<string>("FullName").HasMaxLength(100)));

    [TestMethod]
    public void A_renamed_class() => Check(
        "MIG2104",
        model => Entity(model, "User", "Users", user => Texts(user, "Name")),
        model => Entity(model, "Person", "People", user => Texts(user, "Name")));

    [TestMethod]
    public void A_renamed_table() => Check(
        "MIG2401 MIG2305",
        model => Entity(model, "User", "Users", _ => { }),
        model => Entity(model, "User", "People", _ => { }));

    [TestMethod]
    public void A_required_property() => Check(
        "MIG2208", model => User(model), model => User(model, user => user.Property<int>("Age")));

    [TestMethod]
    public void A_required_property_with_a_default() => Check(
        "", model => User(model), model => User(model, user => user.Property<int>("Age").HasDefaultValue(0)));

    [TestMethod]
    public void A_required_unique_property() => Check(
        "MIG2202",
        model => User(model),
        model => User(model, user =>
        {
            user.Property<string>("Email").IsRequired();
            user.HasIndex("Email").IsUnique();
        }));

    [TestMethod]
    public void A_property_that_becomes_required() => Check(
        "MIG2204 MIG2208",
        model => User(model, user => user.Property<string>("Nick")),
        model => User(model, user => user.Property<string>("Nick").IsRequired()));

    [TestMethod]
    [DataRow("MIG2302", typeof(int), typeof(long))]
    [DataRow("MIG2106", typeof(long), typeof(int))]
    [DataRow("MIG2205", typeof(string), typeof(Guid?))]
    public void A_property_of_another_type(string codes, Type before, Type after) => Check(
        codes,
        model => User(model, user => user.Property(before, "Code")),
        model => User(model, user => user.Property(after, "Code")));

    [TestMethod]
    public void A_longer_text_and_a_comment() => Check(
        "",
        model => User(model, user => user.Property<string>("Name").HasMaxLength(50)),
        model => User(model, user => user.Property<string>("Name").HasMaxLength(500).HasComment("new")));

    [TestMethod]
    public void A_computed_property() => Check(
        "MIG2103",
        model => User(model, user => user.Property<string>("Key")),
        model => User(model, user => user.Property<string>("Key").HasComputedColumnSql("'x'", stored: true)));

    [TestMethod]
    public void An_enum_that_becomes_text() => Check(
        "MIG2209",
        model => User(model, user => user.Property<State>("State")),
        model => User(model, user => user.Property<State>("State").HasConversion<string>()));

    [TestMethod]
    public void A_derived_type() => Check(
        "MIG2208!",
        model => User(model),
        model => User(model, user => user.HasDiscriminator<string>("Kind").HasValue("user")));

    [TestMethod]
    public void An_index_and_a_concurrent_one()
    {
        Check("MIG2303", model => User(model, Code), model => User(model, user =>
        {
            Code(user);
            user.HasIndex("Code");
        }));
        Check("", model => User(model, Code), model => User(model, user =>
        {
            Code(user);
            user.HasIndex("Code").IsCreatedConcurrently();
        }));

        static void Code(EntityTypeBuilder user) => user.Property<int>("Code");
    }

    [TestMethod]
    public void Changed_seed_data() => Check(
        "MIG2107 MIG2107",
        model => User(model, user =>
        {
            Texts(user, "Name");
            user.HasData(new { Id = 1, Name = "a" }, new { Id = 2, Name = "b" });
        }),
        model => User(model, user =>
        {
            Texts(user, "Name");
            user.HasData(new { Id = 2, Name = "c" });
        }));

    [TestMethod]
    public void A_dropped_and_a_new_entity()
    {
        Check("MIG2101", model => User(model), _ => { });
        Check("", _ => { }, model => User(model, user => Texts(user, "Name")));
    }

    [TestMethod]
    public void A_new_reference_with_a_default()
    {
        static void Role(ModelBuilder model) => Entity(model, "Role", "Roles", _ => { });
        Check(
            "MIG2303 MIG2202",
            model =>
            {
                Role(model);
                User(model);
            },
            model =>
            {
                Role(model);
                User(model, user =>
                {
                    user.Property<int>("RoleId");
                    user.HasOne("Role").WithMany().HasForeignKey("RoleId");
                });
            });
    }

    [TestMethod]
    public void A_migration_for_SQLite()
    {
        Check(
            "MIG2102",
            model => User(model, user => Texts(user, "Name")),
            model => User(model),
            Provider.Sqlite);
        Check(
            "",
            model => User(model, user => user.Property<string>("Name")),
            model => User(model, user => user.Property<string>("Name").HasDefaultValue("x")),
            Provider.Sqlite);
        Check("MIG2208", model => User(model), model => User(model, user => user.Property<int>("Age")), Provider.Sqlite);
    }

    private static void Check(
        string codes, Action<ModelBuilder> before, Action<ModelBuilder> after, Provider? provider = null)
    {
        using var pair = new ModelPair(provider ?? Provider.PostgreSql, before, after);
        Assert.AreEqual(codes, pair.Codes);
    }

    private static void User(
        ModelBuilder model, Action<EntityTypeBuilder>? build = null) =>
        Entity(model, "User", "Users", build ?? (_ => { }));

    private static void Entity(
        ModelBuilder model, string name, string table, Action<EntityTypeBuilder> build) =>
        model.Entity(name, entity =>
        {
            entity.ToTable(table);
            entity.Property<int>("Id");
            build(entity);
        });

    private static void Texts(EntityTypeBuilder entity, params string[] names)
    {
        foreach (var name in names)
            entity.Property<string>(name);
    }
}
