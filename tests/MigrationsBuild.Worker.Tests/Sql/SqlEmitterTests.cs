using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationsBuild.Worker.Tests.Sql;

[TestClass]
public class SqlEmitterTests
{
    [TestMethod]
    public void The_reason_names_a_missing_Down_and_the_exception_of_one_that_throws()
    {
        Assert.AreEqual("it has no Down()", Emit(NoDown.Id).Reason);
        Assert.AreEqual("Down() throws NotSupportedException: Rows were merged", Emit(ThrowingDown.Id).Reason);
    }

    [TestMethod]
    public void An_old_migration_without_column_types_is_described_with_those_of_its_model()
    {
        var emission = Emit(NoDown.Id);

        CollectionAssert.AreEqual(
            new[] { "adds column \"Blog\".\"Name\" citext", "changes column \"Blog\".\"Rank\": type bigint to integer" },
            emission.Operations.ToArray());
        CollectionAssert.AreEqual(
            new[] { "values of column \"Blog\".\"Rank\" that don't fit into integer, unless the migration fails on them" },
            emission.DataLosses.ToArray());
        Assert.Contains("ADD \"Name\" citext", emission.Up!);
    }

    [TestMethod]
    public void SQL_with_a_new_Guid_differs_when_it_is_generated_again()
    {
        using var context = new ModelContext(Provider.PostgreSql, _ => { });

        var emission = new SqlEmitter(context).Emit(NewGuid.Id, previousId: null, isDoubtful: _ => true);

        Assert.IsTrue(emission.IsNonDeterministic);
        Assert.AreEqual(emission.Up!.Length, emission.UpAgain!.Length);
        Assert.IsFalse(Emit(NewGuid.Id).IsNonDeterministic, "The C# runs a second time only if the SQL is doubtful.");
    }

    [TestMethod]
    public void A_rebuild_on_SQLite_is_reported_with_its_collation_and_EF_Cores_warning()
    {
        using var context = new ModelContext(Provider.Sqlite, _ => { });

        var emission = new SqlEmitter(context).Emit(Rebuild.Id, previousId: null, isDoubtful: _ => false);

        CollectionAssert.AreEqual(
            new[] { "rebuilds table \"Blog\"", "uses the collation \"UNI\"" },
            emission.Operations.TakeLast(2).Select(note => note.Split(':', ',')[0]).ToArray());
        Assert.Contains("rebuil", emission.Warnings.Single());
    }

    [TestMethod]
    public void Each_command_for_SQL_Server_is_a_batch()
    {
        using var context = new ModelContext(Provider.SqlServer, _ => { });

        Assert.AreEqual(
            "CREATE VIEW [Names] AS SELECT [Name] FROM [Users]\nGO\n\n"
            + "CREATE TRIGGER [T] ON [Users] AFTER INSERT AS\nBEGIN\n    SELECT 1;\nEND\nGO\n\n"
            + "-- outside a transaction\nALTER DATABASE CURRENT SET RECOVERY SIMPLE;\nGO\n\n"
            + "ALTER TABLE [Users] ADD [Avatar] nvarchar(max) NULL;\nGO\n",
            new SqlEmitter(context).Emit(Batches.Id, previousId: null, isDoubtful: _ => false).Up);
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

    [DbContext(typeof(ModelContext))]
    [Migration(Id)]
    private sealed class NewGuid : Migration
    {
        public const string Id = "20260103000000_NewGuid";

        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql($"INSERT INTO blog VALUES ('{Guid.NewGuid()}');");
    }

    [DbContext(typeof(ModelContext))]
    [Migration(Id)]
    private sealed class Rebuild : Migration
    {
        public const string Id = "20260104000000_Rebuild";

        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(name: "Name", table: "Blog", type: "TEXT", nullable: true, collation: "UNI");
            migrationBuilder.Sql("UPDATE \"Blog\" SET \"Name\" = 'x';");
        }

        protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
            modelBuilder.Entity("Blog", blog =>
            {
                blog.Property<int>("Id").HasColumnType("INTEGER");
                blog.Property<string>("Name").HasColumnType("TEXT").UseCollation("UNI");
                blog.HasKey("Id");
                blog.ToTable("Blog");
            });
    }

    [DbContext(typeof(ModelContext))]
    [Migration(Id)]
    private sealed class Batches : Migration
    {
        public const string Id = "20260105000000_Batches";

        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("CREATE VIEW [Names] AS SELECT [Name] FROM [Users]");
            migrationBuilder.Sql("CREATE TRIGGER [T] ON [Users] AFTER INSERT AS\nBEGIN\n    SELECT 1;\nEND");
            migrationBuilder.Sql("ALTER DATABASE CURRENT SET RECOVERY SIMPLE;", suppressTransaction: true);
            migrationBuilder.AddColumn<string>(name: "Avatar", table: "Users", type: "nvarchar(max)", nullable: true);
        }
    }
}
