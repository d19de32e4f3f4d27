using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using static MigrationsBuild.Worker.Tests.Provider;

namespace MigrationsBuild.Worker.Tests.Model;

[TestClass]
public class OperationDescriberTests
{
    [TestMethod]
    public void An_index_is_shown_as_the_database_has_it()
    {
        ModelPair.Check(
            "adds unique index \"I\" on \"Blog\" (\"Name\" COLLATE \"C\" text_pattern_ops DESC NULLS LAST, \"Rank\" NULLS FIRST) where \"Rank\" > 1, "
            + "including (\"Tags\"), using btree, nulls not distinct, concurrently, outside a transaction, storage parameter fillfactor 70",
            PostgreSql,
            b => b.Entity<Blog>(),
            b => b.Entity<Blog>().HasIndex(x => new { x.Name, x.Rank }, "I").IsUnique().HasFilter("\"Rank\" > 1").IsDescending(true, false)
                .HasOperators("text_pattern_ops", "").UseCollation("C", "").HasNullSortOrder(NullSortOrder.NullsLast, NullSortOrder.NullsFirst)
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
    public void A_sequence_has_its_limits_and_a_restart_its_value()
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
        ModelPair.Check("adds schema shop\nmoves sequence \"S\" to schema shop", PostgreSql, b => b.HasSequence("S"), b => b.HasSequence("S", "shop"));
    }

    [TestMethod]
    public void A_table_has_its_comment_and_its_options()
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
            "drops primary key \"PK_Blog\" of \"Blog\"\nrenames table \"Blog\" to \"Posts\"\nadds primary key \"PK_Posts\" on \"Posts\" (\"Id\")",
            Sqlite,
            b => b.Entity<Blog>(),
            b => b.Entity<Blog>().ToTable("Posts"));
    }

    [TestMethod]
    public void Constraints_are_shown_with_what_they_demand()
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
    public void An_annotation_that_nobody_knows_has_a_readable_form()
    {
        var index = new CreateIndexOperation { Name = "I", Table = "T", Columns = ["A"] };
        index["Acme:FullTextParser"] = "ngram";
        index["Acme:SpatialIndex"] = true;
        index["Acme:PrefixLength"] = new[] { 3, 4 };
        index["Acme:IsHidden"] = false;

        Assert.AreEqual("adds index \"I\" on \"T\" (\"A\"), full text parser ngram, prefix length (3, 4), spatial index", Of(index));
    }

    /// <summary>Each operation that EF Core has, and one that it hasn't, gets words of its own.</summary>
    [TestMethod]
    public void No_operation_is_shown_by_the_name_of_its_class()
    {
        foreach (var type in typeof(MigrationOperation).Assembly.GetExportedTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(MigrationOperation))))
        {
            var operation = (MigrationOperation)Activator.CreateInstance(type)!;
            foreach (var property in type.GetProperties().Where(property => property.CanWrite))
            {
                object? value = property.PropertyType == typeof(string) ? "N" : property.PropertyType == typeof(string[]) ? new[] { "A" }
                    : property.PropertyType == typeof(object[,]) ? new object[1, 1] : property.PropertyType == typeof(Type) ? typeof(int) : null;
                if (value is not null)
                    property.SetValue(operation, value);
            }

            var words = Of(operation);
            Assert.DoesNotContain("Operation", words);
            Assert.DoesNotContain("operation", words);
            Assert.DoesNotContain("System.", words);
        }

        Assert.AreEqual("runs the operation \"grant access\"", Of(new GrantAccessOperation()));
    }

    private static string Of(MigrationOperation operation)
    {
        using var context = new ModelContext(Sqlite, _ => { });
        return OperationDescriber.For(context).Describe(operation);
    }

    private sealed class GrantAccessOperation : MigrationOperation;
}
