using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Tests.Sql;

[TestClass]
public class SqlEmitterTests
{
    [TestMethod]
    public void A_migration_without_Down_says_so_and_one_whose_Down_throws_says_why()
    {
        Assert.AreEqual("it has no Down()", Emit(NoDown.Id).Reason);
        Assert.AreEqual("Down() throws NotSupportedException: Rows were merged", Emit(ThrowingDown.Id).Reason);
    }

    [TestMethod]
    public void An_old_migration_that_names_no_types_is_told_with_those_of_its_model()
    {
        var emission = Emit(NoDown.Id);

        CollectionAssert.AreEqual(
            new[] { "adds column \"Blog\".\"Name\" citext", "changes column \"Blog\".\"Rank\": type bigint to integer" }, emission.Operations.ToArray());
        CollectionAssert.AreEqual(
            new[] { "values of column \"Blog\".\"Rank\" that don't fit into integer, or it fails on them" }, emission.DataLosses.ToArray());
        Assert.Contains("ADD \"Name\" citext", emission.Up!);
    }

    private static Emission Emit(string id)
    {
        using var context = new ModelContext(Provider.PostgreSql, _ => { });
        return new SqlEmitter(context).Emit(id, previousId: null, isDoubtful: _ => false);
    }

    [DbContext(typeof(ModelContext))]
    [Migration(Id)]
    private sealed class NoDown : Migration
    {
        public const string Id = "20260101000000_NoDown";

        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>("Name", "Blog", nullable: true);
            migrationBuilder.AlterColumn<int>("Rank", "Blog", oldClrType: typeof(long));
        }

        protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
            modelBuilder.Entity("Blog", blog =>
            {
                blog.Property<int>("Id").HasColumnType("integer");
                blog.Property<string>("Name").HasColumnType("citext");
                blog.Property<int>("Rank").HasColumnType("integer");
                blog.HasKey("Id");
            });
    }

    [DbContext(typeof(ModelContext))]
    [Migration(Id)]
    private sealed class ThrowingDown : Migration
    {
        public const string Id = "20260102000000_ThrowingDown";

        protected override void Up(MigrationBuilder migrationBuilder)
        {
        }

        protected override void Down(MigrationBuilder migrationBuilder) => throw new NotSupportedException("Rows were merged.");
    }
}
