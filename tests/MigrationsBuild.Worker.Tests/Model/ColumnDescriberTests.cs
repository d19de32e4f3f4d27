using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using static MigrationsBuild.Worker.Tests.Provider;

namespace MigrationsBuild.Worker.Tests.Model;

[TestClass]
public class ColumnDescriberTests
{
    [TestMethod]
    public void A_new_column_is_described_with_its_default_and_value_generation()
    {
        Check("adds column \"Blog\".\"Rank\" integer, not null, default 7", b => b.Property(x => x.Rank).HasDefaultValue(7));
        Check(
            "adds column \"Blog\".\"Rank\" integer, not null, default random()",
            b => b.Property(x => x.Rank).HasDefaultValueSql("random()"));
        Check("adds column \"Blog\".\"Rank\" integer, not null, identity always", b => b.Property(x => x.Rank).UseIdentityAlwaysColumn());
        Check(
            "adds column \"Blog\".\"Rank\" integer, not null, identity by default, "
            + "identity values from 10 by 5 cyclic, comment \"its place\"",
            b => b.Property(x => x.Rank).UseIdentityByDefaultColumn().HasIdentityOptions(10, 5, cyclic: true).HasComment("its place"));
        Check(
            "adds column \"Blog\".\"Rank\" integer, computed as 1 + 1, stored",
            b => b.Property(x => x.Rank).HasComputedColumnSql("1 + 1", stored: true));

        static void Check(string words, Action<EntityTypeBuilder<Blog>> configure) =>
            ModelPair.Check(words, PostgreSql, b => b.Entity<Blog>().Ignore(x => x.Rank), b => configure(b.Entity<Blog>()));
    }

    [TestMethod]
    public void Arrays_are_compared_and_described_by_their_elements()
    {
        ModelPair.Check(
            "changes column \"Blog\".\"Tags\": comment \"labels\"",
            PostgreSql,
            b => b.Entity<Blog>().Property(x => x.Tags).HasDefaultValue(new[] { "a" }),
            b => b.Entity<Blog>().Property(x => x.Tags).HasDefaultValue(new[] { "a" }).HasComment("labels"));
        ModelPair.Check(
            "changes column \"Blog\".\"Tags\": default ARRAY['a']::text[] to ARRAY['a','b']::text[]",
            PostgreSql,
            b => b.Entity<Blog>().Property(x => x.Tags).HasDefaultValue(new[] { "a" }),
            b => b.Entity<Blog>().Property(x => x.Tags).HasDefaultValue(new[] { "a", "b" }));
    }

    [TestMethod]
    public void A_changed_column_is_described_in_the_databases_terms()
    {
        ModelPair.Check(
            "changes column \"Blog\".\"Name\": type text to character varying(10), default 'it''s', collation \"C\"",
            PostgreSql,
            b => b.Entity<Blog>(),
            b => b.Entity<Blog>().Property(x => x.Name).HasMaxLength(10).HasDefaultValue("it's").UseCollation("C"));
        ModelPair.Check(
            "changes column \"Blog\".\"Name\": default 'a', maximum length 10",
            Sqlite,
            b => b.Entity<Blog>(),
            b => b.Entity<Blog>().Property(x => x.Name).HasMaxLength(10).HasDefaultValue("a"));
        ModelPair.Check(
            "changes column \"Blog\".\"Rank\": computed as 2 to 2, stored",
            Sqlite,
            b => b.Entity<Blog>().Property(x => x.Rank).HasComputedColumnSql("2"),
            b => b.Entity<Blog>().Property(x => x.Rank).HasComputedColumnSql("2", stored: true));
        ModelPair.Check(
            "changes column \"Blog\".\"Rank\": identity by default to always",
            PostgreSql,
            b => b.Entity<Blog>().Property(x => x.Rank).UseIdentityByDefaultColumn(),
            b => b.Entity<Blog>().Property(x => x.Rank).UseIdentityAlwaysColumn());
    }

    /// <summary>Migrations of old versions of EF Core have no column types. The SQL has those of the model or of the CLR type.</summary>
    [TestMethod]
    public void A_column_without_a_type_has_that_of_the_model_or_of_its_property()
    {
        using var context = new ModelContext(PostgreSql, b => b.Entity<Blog>().Property(x => x.Name).HasColumnType("citext"));
        var describer = OperationDescriber.For(context, context.RelationalModel.Model);

        Assert.AreEqual("adds column \"Blog\".\"Name\" citext", describer.Describe(Column<string>("Name")));
        Assert.AreEqual("adds column \"Blog\".\"N\" text", describer.Describe(Column<string>("N")));
        Assert.AreEqual(
            "adds column \"Blog\".\"N\" character varying(5)",
            describer.Describe(Column<string>("N", maxLength: 5)));

        static AddColumnOperation Column<T>(string name, int? maxLength = null) =>
            new() { Table = "Blog", Name = name, ClrType = typeof(T), MaxLength = maxLength, IsNullable = true };
    }
}
