#pragma warning disable EF1001 // The services of EF Core's tools have no public builder.
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design.Internal;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;
using MigrationsBuild.Merging;

namespace MigrationsBuild.Worker.Tests.Model;

/// <summary>The merge of the snapshots of two branches is the snapshot that EF Core writes for the merged model.</summary>
[TestClass]
public class SnapshotMergeTests
{
    private static readonly string[] _moods = ["happy", "sad"];

    /// <summary>Builds a model.</summary>
    /// <param name="ours">Whether it has the changes of the own branch.</param>
    /// <param name="theirs">Whether it has the changes of the other branch.</param>
    private delegate void MergedModel(ModelBuilder model, bool ours, bool theirs);

    [TestMethod]
    public void Both_add_entities() => Merges((model, ours, theirs) =>
    {
        Named(model, "Shop.Order");
        if (ours)
            Named(model, "Shop.Invoice");
        if (theirs)
            Named(model, "Shop.Article");
        if (ours)
            Named(model, "Shop.article").ToTable("Articles");
        if (theirs)
            Named(model, "Shop.Product");
        if (ours)
            Named(model, "library");
        if (theirs)
            Named(model, "Zone");
    });

    [TestMethod]
    public void Both_add_properties_to_an_entity() => Merges((model, ours, theirs) =>
    {
        var order = Named(model, "Shop.Order");
        if (ours)
        {
            order.Property<string>("Note").HasMaxLength(50);
            order.Property<DateTime>("shippedAt");
        }

        if (theirs)
        {
            order.Property<int>("Number").HasDefaultValue(1);
            order.Property<int>("Zone");
        }
    });

    [TestMethod]
    public void A_property_and_an_index() => Merges((model, ours, theirs) =>
    {
        var order = Named(model, "Shop.Order");
        if (ours)
            order.Property<string>("Note");
        if (theirs)
            order.HasIndex("Name").IsUnique();
    });

    [TestMethod]
    public void Indexes_and_keys() => Merges((model, ours, theirs) =>
    {
        var order = Named(model, "Shop.Order");
        order.Property<int>("Rank");
        if (ours)
        {
            order.HasIndex(["Name"], "ZByName");
            order.HasIndex("Rank").HasMethod("gin").HasOperators("int_ops");
            order.HasIndex("Id", "Name");
            order.HasAlternateKey("Name");
        }

        if (theirs)
        {
            order.HasIndex(["Name"], "AByName");
            order.HasIndex("Name");
            order.HasIndex("Id", "Rank").IsDescending(true, false);
            order.HasAlternateKey("Name", "Rank");
        }
    });

    [TestMethod]
    public void One_removes_and_the_other_adds() => Merges((model, ours, theirs) =>
    {
        var order = Named(model, "Shop.Order");
        if (!ours)
            order.Property<string>("Note");
        if (theirs)
            order.Property<string>("Notice");
        if (!theirs)
            Named(model, "Shop.Article");
        if (ours)
            Named(model, "Shop.Address");
    });

    [TestMethod]
    public void A_namespace_that_one_needs_no_longer_and_the_other_needs_again() => Merges((model, ours, theirs) =>
    {
        var order = Named(model, "Shop.Order");
        if (!ours)
            order.Property<DateTime>("ShippedAt");
        if (theirs)
            order.Property<DateTime>("PaidAt");
    });

    [TestMethod]
    public void One_changes_what_the_other_keeps() => Merges((model, ours, theirs) =>
    {
        var order = Named(model, "Shop.Order");
        order.Property<string>("Name").HasMaxLength(ours ? 100 : 50);
        order.ToTable(theirs ? "AllOrders" : "Orders");
        model.HasAnnotation("ProductVersion", ours ? "10.0.1" : "10.0.0");
    });

    [TestMethod]
    public void Both_add_a_relationship_to_an_entity() => Merges((model, ours, theirs) =>
    {
        var order = Named(model, "Shop.Order");
        foreach (var name in (string[])["Shop.Customer", "Shop.Invoice", "Shop.Zone"])
            Named(model, name);
        if (ours)
            order.HasOne("Shop.Customer", "Customer").WithMany("Orders").HasForeignKey("CustomerId");
        if (theirs)
        {
            order.HasOne("Shop.Invoice", "Invoice").WithOne("Order").HasForeignKey("Shop.Order", "AInvoiceId");
            order.HasOne("Shop.Zone").WithMany().HasForeignKey("ZoneId").IsRequired();
        }
    });

    [TestMethod]
    public void One_removes_a_relationship_and_the_other_adds_one() => Merges((model, ours, theirs) =>
    {
        var order = Named(model, "Shop.Order");
        Named(model, "Shop.Customer");
        Named(model, "Shop.Zone");
        if (!ours)
            order.HasOne("Shop.Customer", "Customer").WithMany("Orders").HasForeignKey("CustomerId");
        if (theirs)
            order.HasOne("Shop.Zone", "Zone").WithMany("Orders").HasForeignKey("ZoneId");
    });

    [TestMethod]
    public void Both_add_relationships_to_a_principal() => Merges((model, ours, theirs) =>
    {
        var customer = Named(model, "Shop.Customer");
        if (ours)
            Named(model, "Shop.Order").HasOne("Shop.Customer", "Customer").WithMany("Orders").HasForeignKey("CustomerId");
        if (theirs)
            Named(model, "Shop.Bill").HasOne("Shop.Customer", "Customer").WithMany("Bills").HasForeignKey("CustomerId");
    });

    [TestMethod]
    public void Many_to_many() => Merges((model, ours, theirs) =>
    {
        var post = model.Entity<Post>();
        post.Ignore(one => one.Home).Ignore(one => one.Work);
        if (!theirs)
            post.Ignore(one => one.Tags);
        if (ours)
            post.Property<string>("Slug");
    });

    [TestMethod]
    public void Owned_types() => Merges((model, ours, theirs) =>
    {
        var post = model.Entity<Post>();
        post.Ignore(one => one.Tags);
        if (ours)
            post.OwnsOne(one => one.Home, home => home.ToTable("Homes").Property(one => one.City).HasMaxLength(50));
        else
            post.Ignore(one => one.Home);
        if (theirs)
            post.OwnsMany(one => one.Work, work => work.ToTable("Works"));
        else
            post.Ignore(one => one.Work);
    });

    [TestMethod]
    public void Both_change_an_owned_type() => Merges((model, ours, theirs) =>
    {
        var post = model.Entity<Post>();
        post.Ignore(one => one.Tags);
        post.OwnsMany(one => one.Work, work => Change(work.Property<string>("Street"), work.OwnedEntityType));
        post.OwnsOne(one => one.Home, home =>
        {
            home.Property(one => one.City).HasMaxLength(theirs ? 100 : 50);
            if (ours)
                home.Property<string>("Country");
            if (theirs)
                home.Property<string>("County");
            if (theirs)
                home.HasIndex("City");
        });

        void Change(PropertyBuilder street, IMutableEntityType work)
        {
            if (ours)
                street.HasMaxLength(20);
            if (theirs)
                work.AddProperty("Zip", typeof(string));
        }
    });

    [TestMethod]
    public void Complex_types() => Merges((model, ours, theirs) =>
    {
        var post = model.Entity<Post>();
        post.Ignore(one => one.Tags).Ignore(one => one.Work);
        post.ComplexProperty(one => one.Home, home =>
        {
            if (ours)
                home.Property(one => one.City).HasMaxLength(50);
            if (!theirs)
                home.Ignore(one => one.Street);
        });
        if (theirs)
            post.Property<string>("Slug");
    });

    [TestMethod]
    public void Base_types_come_before_derived_ones() => Merges((model, ours, theirs) =>
    {
        // The longest name of a type is the length of the discriminator.
        model.Entity<Magazine>();
        model.Entity<Product>();
        if (ours)
        {
            model.Entity<Book>();
            model.Entity<Atlas>().Property<string>("Region");
        }

        if (theirs)
        {
            model.Entity<Cd>();
            Named(model, "Shop.Zone");
        }
    });

    [TestMethod]
    public void Constraints_and_triggers_of_a_table() => Merges((model, ours, theirs) =>
    {
        var order = Named(model, "Shop.Order");
        order.ToTable("Orders", table =>
        {
            table.HasCheckConstraint("M", "1 = 1");
            if (ours)
                table.HasCheckConstraint("B", "2 = 2");
            if (theirs)
                table.HasCheckConstraint("A", "3 = 3");
            if (ours)
                table.HasTrigger("T");
            if (theirs)
                table.HasComment("the {orders} \"of\" => the shop;");
        });
    });

    [TestMethod]
    public void The_model_itself() => Merges((model, ours, theirs) =>
    {
        Named(model, "Shop.Order");
        if (ours)
        {
            model.HasPostgresEnum("mood", _moods).HasPostgresExtension("citext");
            model.HasSequence<int>("numbers").StartsAt(5);
        }

        if (theirs)
        {
            model.HasPostgresEnum("color", _moods).HasPostgresExtension("pg_trgm");
            model.HasSequence("counters", "shop");
        }
    });

    [TestMethod]
    public void A_part_of_the_primary_key_comes_before_other_properties() => Merges((model, ours, theirs) =>
    {
        var order = Named(model, "Shop.Order");
        if (ours)
        {
            order.Property<int>("Zone");
            order.Property<int>("Area");
            order.HasKey("Zone", "Area");
            order.Metadata.RemoveProperty("Id");
        }

        if (theirs)
            order.Property<int>("Amount");
    });

    [TestMethod]
    public void Rows_of_one_branch() => Merges((model, ours, theirs) =>
    {
        var order = Named(model, "Shop.Order");
        if (ours)
            order.HasData(new { Id = 1, Name = "It's {1};" }, new { Id = 2, Name = "\"" });
        if (theirs)
            order.HasIndex("Name");
    });

    [TestMethod]
    [DataRow(true, false, DisplayName = "a byte order mark")]
    [DataRow(false, true, DisplayName = "line ends of Windows")]
    [DataRow(true, true, DisplayName = "both")]
    public void The_form_of_the_text_is_kept(bool byteOrderMark, bool windows) => Merges(
        (model, ours, theirs) =>
        {
            Named(model, "Shop.Order");
            if (ours)
                Named(model, "Shop.Invoice");
            if (theirs)
                Named(model, "Shop.Article");
        },
        form: text => (byteOrderMark ? "\uFEFF" : "") + (windows ? text.ReplaceLineEndings("\r\n") : text));

    private static void Merges(MergedModel model, Provider? provider = null, Func<string, string>? form = null)
    {
        var texts = ((bool Ours, bool Theirs)[])[(false, false), (true, false), (false, true), (true, true)];
        var snapshots = Array.ConvertAll(texts, one =>
        {
            var text = Snapshot(provider ?? Provider.PostgreSql, builder => model(builder, one.Ours, one.Theirs));
            return Encoding.UTF8.GetBytes(form?.Invoke(text) ?? text);
        });

        foreach (var (ours, theirs) in ((int, int)[])[(1, 2), (2, 1)])
        {
            var merge = FileMerge.Merge(snapshots[0], snapshots[ours], snapshots[theirs], "ShopModelSnapshot.cs", 7);

            Assert.IsNotNull(merge, Encoding.UTF8.GetString(snapshots[3]));
            Assert.AreEqual(Encoding.UTF8.GetString(snapshots[3]), Encoding.UTF8.GetString(merge.Content));
            Assert.IsFalse(merge.HasConflicts);
        }
    }

    private static string Snapshot(Provider provider, Action<ModelBuilder> model)
    {
        using var context = new ModelContext(provider, model);
        var assembly = typeof(SnapshotMergeTests).Assembly;
        var services = new DesignTimeServicesBuilder(assembly, assembly, new OperationReporter(null), []).Build(context);
        return services.GetRequiredService<IMigrationsCodeGeneratorSelector>().Select("C#").GenerateSnapshot(
            "Shop.Migrations", typeof(ModelContext), "ShopModelSnapshot", context.GetService<IDesignTimeModel>().Model);
    }

    /// <summary>An entity type with a key and a name.</summary>
    private static EntityTypeBuilder Named(ModelBuilder model, string type)
    {
        var entity = model.Entity(type);
        entity.Property<int>("Id");
        entity.Property<string>("Name").IsRequired();
        return entity;
    }

    private sealed class Post
    {
        public int Id { get; set; }

        public List<Tag> Tags { get; } = [];

        public Address Home { get; set; } = new();

        public List<Address> Work { get; } = [];
    }

    private class Product
    {
        public int Id { get; set; }
    }

    private class Book : Product;

    private sealed class Atlas : Book;

    private sealed class Magazine : Product;

    private sealed class Cd : Product;

    private sealed class Tag
    {
        public int Id { get; set; }

        public List<Post> Posts { get; } = [];
    }

    private sealed class Address
    {
        public string City { get; set; } = "";

        public string Street { get; set; } = "";
    }
}
