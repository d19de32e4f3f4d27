using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using static MigrationsBuild.Worker.Tests.Provider;

namespace MigrationsBuild.Worker.Tests.Model;

[TestClass]
public class OperationDescriberTests
{
    [TestMethod]
    public void An_index_is_described_in_the_databases_terms()
    {
        ModelPair.Check(
            "adds unique index \"I\" on \"Blog\" "
            + "(\"Name\" COLLATE \"C\" text_pattern_ops DESC NULLS LAST, \"Rank\" NULLS FIRST) where \"Rank\" > 1, "
            + "including (\"Tags\"), using btree, nulls not distinct, concurrently, outside a transaction, storage parameter fillfactor 70",
            PostgreSql,
            b => b.Entity<Blog>(),
            b => b.Entity<Blog>().HasIndex(x => new { x.Name, x.Rank }, "I").IsUnique().HasFilter("\"Rank\" > 1").IsDescending(true, false)
                .HasOperators("text_pattern_ops", "").UseCollation("C", "")
                .HasNullSortOrder(NullSortOrder.NullsLast, NullSortOrder.NullsFirst)
                .HasAnnotation("Npgsql:IndexInclude", new[] { "Tags" })
                .HasMethod("btree").AreNullsDistinct(false).IsCreatedConcurrently().HasStorageParameter("fillfactor", 70));
        ModelPair.Check(
            "adds index \"I\" on \"Blog\" (\"Name\" DESC, \"Rank\" DESC)",
            Sqlite,
            b => b.Entity<Blog>(),
            b => b.Entity<Blog>().HasIndex(x => new { x.Name, x.Rank }, "I").IsDescending());
        ModelPair.Check(
            "adds index [I] on [Blog] ([Rank]), including ([Name]), not clustered, online, fill factor 80",
            SqlServer,
            b => b.Entity<Blog>(),
            b => b.Entity<Blog>().HasIndex(x => x.Rank, "I").IsClustered(false).IsCreatedOnline().HasFillFactor(80)
                .HasAnnotation("SqlServer:Include", new[] { "Name" }));
    }

    [TestMethod]
    public void A_sequence_is_described_with_its_limits_and_a_restart_with_its_value()
    {
        ModelPair.Check(
            "adds sequence \"S\" integer from 9 by 2, minimum 1, maximum 99, cyclic",
            PostgreSql,
            _ => { },
            b => b.HasSequence<int>("S").StartsAt(9).IncrementsBy(2).HasMin(1).HasMax(99).IsCyclic());
        ModelPair.Check(
            "changes sequence \"S\": increment 1 to 2, no minimum, was 1, maximum 99, no longer cyclic\nrestarts sequence \"S\" with 9",
            PostgreSql,
            b => b.HasSequence("S").HasMin(1).IsCyclic(),
            b => b.HasSequence("S").StartsAt(9).IncrementsBy(2).HasMax(99));
        ModelPair.Check(
            "adds schema shop\nmoves sequence \"S\" to schema shop",
            PostgreSql,
            b => b.HasSequence("S"),
            b => b.HasSequence("S", "shop"));
    }

    [TestMethod]
    public void A_table_is_described_with_its_comment_and_options()
    {
        ModelPair.Check(
            "changes table \"Blog\": comment \"Posts\", unlogged, storage parameter fillfactor 50",
            PostgreSql,
            b => b.Entity<Blog>(),
            b => b.Entity<Blog>().ToTable(table => table.HasComment("Posts")).IsUnlogged().HasStorageParameter("fillfactor", 50));
        ModelPair.Check(
            "adds table [Blog], temporal, history table BlogHistory, period from column PeriodStart, period to column PeriodEnd",
            SqlServer,
            _ => { },
            b => b.Entity<Blog>().ToTable(table => table.IsTemporal()));
        ModelPair.Check(
            "drops primary key \"PK_Blog\" of \"Blog\"\n"
            + "renames table \"Blog\" to \"Posts\"\n"
            + "adds primary key \"PK_Posts\" on \"Posts\" (\"Id\")",
            Sqlite,
            b => b.Entity<Blog>(),
            b => b.Entity<Blog>().ToTable("Posts"));
    }

    [TestMethod]
    public void Constraints_are_described_with_their_columns_and_conditions()
    {
        ModelPair.Check(
            "adds unique constraint \"AK_Blog_Name\" on \"Blog\" (\"Name\")\nadds check constraint \"C\" on \"Blog\": \"Rank\" > 0",
            Sqlite,
            b => b.Entity<Blog>(),
            b => b.Entity<Blog>(blog =>
            {
                blog.HasAlternateKey(x => x.Name);
                blog.ToTable(table => table.HasCheckConstraint("C", "\"Rank\" > 0"));
            }));
        ModelPair.Check(
            "drops primary key \"PK_Blog\" of \"Blog\"\nchanges column \"Blog\".\"Id\": no longer autoincrement\n"
            + "adds primary key \"PK_Blog\" on \"Blog\" (\"Id\", \"Rank\")",
            Sqlite,
            b => b.Entity<Blog>(),
            b => b.Entity<Blog>().HasKey(x => new { x.Id, x.Rank }));
    }

    [TestMethod]
    public void An_unknown_annotation_has_a_readable_description()
    {
        var index = new CreateIndexOperation { Name = "I", Table = "T", Columns = ["A"] };
        index["Acme:FullTextParser"] = "ngram";
        index["Acme:SpatialIndex"] = true;
        index["Acme:PrefixLength"] = new[] { 3, 4 };
        index["Acme:IsHidden"] = false;

        Assert.AreEqual("adds index \"I\" on \"T\" (\"A\"), full text parser ngram, prefix length (3, 4), spatial index", Describe(index));
    }

    /// <summary>Each operation of EF Core has a description of its own, and so has an unknown one.</summary>
    [TestMethod]
    public void No_operation_is_described_by_the_name_of_its_class()
    {
        var types = typeof(MigrationOperation).Assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(MigrationOperation)));
        foreach (var type in types)
        {
            var operation = (MigrationOperation)Activator.CreateInstance(type)!;
            foreach (var property in type.GetProperties().Where(property => property.CanWrite))
            {
                if (Example(property.PropertyType) is { } value)
                    property.SetValue(operation, value);
            }

            var description = Describe(operation);
            Assert.DoesNotContain("Operation", description);
            Assert.DoesNotContain("operation", description);
            Assert.DoesNotContain("System.", description);
        }

        Assert.AreEqual("runs the operation \"grant access\"", Describe(new GrantAccessOperation()));
    }

    private static object? Example(Type type)
    {
        if (type == typeof(string))
            return "N";
        if (type == typeof(string[]))
            return new[] { "A" };
        if (type == typeof(object[,]))
            return new object[1, 1];
        return type == typeof(Type) ? typeof(int) : null;
    }

    private static string Describe(MigrationOperation operation)
    {
        using var context = new ModelContext(Sqlite, _ => { });
        return OperationDescriber.For(context).Describe(operation);
    }

    private sealed class GrantAccessOperation : MigrationOperation;
}
