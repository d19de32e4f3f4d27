using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using MigrationsBuild.Lint;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Worker.Tests.Scaffolding;

/// <summary>The SQL of drafts that block the application as little as possible.</summary>
[TestClass]
public class OnlineOperationsTests
{
    private const string ToUser = "FOREIGN KEY (\"UserId\") REFERENCES \"Users\" (\"Id\")";

    [TestMethod]
    public void An_index_is_created_and_dropped_concurrently()
    {
        Check(
            model => { },
            model => model.Entity("Order").HasIndex("Note").HasFilter("\"Note\" <> ''"),
            """
            -- outside a transaction
            CREATE INDEX CONCURRENTLY "IX_Orders_Note" ON "Orders" ("Note") WHERE "Note" <> '';
            """,
            """
            -- outside a transaction
            DROP INDEX CONCURRENTLY IF EXISTS "IX_Orders_Note";
            """);
    }

    [TestMethod]
    public void An_index_that_keeps_its_name_is_dropped_before_it_is_created()
    {
        Check(
            model => model.Entity("Order").HasIndex("Note"),
            model => model.Entity("Order").HasIndex("Note").IsUnique(),
            """
            -- outside a transaction
            DROP INDEX CONCURRENTLY IF EXISTS "IX_Orders_Note";
            -- outside a transaction
            CREATE UNIQUE INDEX CONCURRENTLY "IX_Orders_Note" ON "Orders" ("Note");
            """,
            """
            -- outside a transaction
            DROP INDEX CONCURRENTLY IF EXISTS "IX_Orders_Note";
            -- outside a transaction
            CREATE INDEX CONCURRENTLY "IX_Orders_Note" ON "Orders" ("Note");
            """);
    }

    [TestMethod]
    public void An_index_is_dropped_after_those_of_other_names_are_created()
    {
        Check(
            model => model.Entity("Order").HasIndex("Note"),
            model => model.Entity("Order").HasIndex("Total"),
            """
            -- outside a transaction
            CREATE INDEX CONCURRENTLY "IX_Orders_Total" ON "Orders" ("Total");
            -- outside a transaction
            DROP INDEX CONCURRENTLY IF EXISTS "IX_Orders_Note";
            """,
            """
            -- outside a transaction
            CREATE INDEX CONCURRENTLY "IX_Orders_Note" ON "Orders" ("Note");
            -- outside a transaction
            DROP INDEX CONCURRENTLY IF EXISTS "IX_Orders_Total";
            """);
    }

    [TestMethod]
    public void The_index_of_a_table_that_moves_is_dropped_in_its_new_schema()
    {
        Check(
            model =>
            {
                model.Entity("Order").ToTable("Orders", "shop");
                model.Entity("Order").HasIndex("Note");
            },
            model => model.Entity("Order").ToTable("Orders", "sales"),
            """
            DO $EF$
            BEGIN
                IF NOT EXISTS(SELECT 1 FROM pg_namespace WHERE nspname = 'sales') THEN
                    CREATE SCHEMA sales;
                END IF;
            END $EF$;
            ALTER TABLE shop."Orders" SET SCHEMA sales;
            -- outside a transaction
            DROP INDEX CONCURRENTLY IF EXISTS sales."IX_Orders_Note";
            """,
            """
            DO $EF$
            BEGIN
                IF NOT EXISTS(SELECT 1 FROM pg_namespace WHERE nspname = 'shop') THEN
                    CREATE SCHEMA shop;
                END IF;
            END $EF$;
            ALTER TABLE sales."Orders" SET SCHEMA shop;
            -- outside a transaction
            CREATE INDEX CONCURRENTLY "IX_Orders_Note" ON shop."Orders" ("Note");
            """);
    }

    [TestMethod]
    public void An_index_whose_name_another_one_gets_is_dropped_before()
    {
        Check(
            model =>
            {
                model.Entity("Order").HasIndex("Note").HasDatabaseName("IX_1");
                model.Entity("Order").HasIndex("Total").HasDatabaseName("IX_2");
            },
            model => model.Entity("Order").HasIndex("Total").HasDatabaseName("IX_1"),
            """
            -- outside a transaction
            DROP INDEX CONCURRENTLY IF EXISTS "IX_1";
            ALTER INDEX "IX_2" RENAME TO "IX_1";
            """,
            """
            ALTER INDEX "IX_1" RENAME TO "IX_2";
            -- outside a transaction
            CREATE INDEX CONCURRENTLY "IX_1" ON "Orders" ("Note");
            """);
    }

    [TestMethod]
    public void A_key_whose_column_gets_another_type_is_built_again()
    {
        static void Add(ModelBuilder model, string table, string type) => model.Entity("Stock", stock =>
        {
            stock.ToTable(table);
            stock.Property<int>("Id");
            stock.Property<string>("Code").HasColumnName("Code, old").HasColumnType(type).IsRequired();
            stock.HasAlternateKey("Code");
        });
        Check(
            model => Add(model, "Stock", "character varying(20)"),
            model => Add(model, "Stocks", "text"),
            """
            ALTER TABLE "Stock" DROP CONSTRAINT "AK_Stock_Code, old";
            ALTER TABLE "Stock" RENAME TO "Stocks";
            ALTER TABLE "Stocks" ALTER COLUMN "Code, old" TYPE text;
            -- outside a transaction
            CREATE UNIQUE INDEX CONCURRENTLY "AK_Stocks_Code, old" ON "Stocks" ("Code, old");
            ALTER TABLE "Stocks" ADD CONSTRAINT "AK_Stocks_Code, old" UNIQUE USING INDEX "AK_Stocks_Code, old";
            ALTER TABLE "Stocks" RENAME CONSTRAINT "PK_Stock" TO "PK_Stocks";
            """,
            """
            ALTER TABLE "Stocks" DROP CONSTRAINT "AK_Stocks_Code, old";
            ALTER TABLE "Stocks" RENAME TO "Stock";
            ALTER TABLE "Stock" ALTER COLUMN "Code, old" TYPE character varying(20);
            -- outside a transaction
            CREATE UNIQUE INDEX CONCURRENTLY "AK_Stock_Code, old" ON "Stock" ("Code, old");
            ALTER TABLE "Stock" ADD CONSTRAINT "AK_Stock_Code, old" UNIQUE USING INDEX "AK_Stock_Code, old";
            ALTER TABLE "Stock" RENAME CONSTRAINT "PK_Stocks" TO "PK_Stock";
            """);
    }

    [TestMethod]
    public void An_index_whose_name_a_key_gets_is_dropped_before()
    {
        Check(
            model => model.Entity("Order").HasIndex("Total").HasDatabaseName("X"),
            model => model.Entity("Order").HasAlternateKey("Total").HasName("X"),
            """
            -- outside a transaction
            DROP INDEX CONCURRENTLY IF EXISTS "X";
            -- outside a transaction
            CREATE UNIQUE INDEX CONCURRENTLY "X" ON "Orders" ("Total");
            ALTER TABLE "Orders" ADD CONSTRAINT "X" UNIQUE USING INDEX "X";
            """,
            """
            ALTER TABLE "Orders" DROP CONSTRAINT "X";
            -- outside a transaction
            CREATE INDEX CONCURRENTLY "X" ON "Orders" ("Total");
            """);
    }

    [TestMethod]
    public void Constraints_are_checked_after_they_are_added()
    {
        Check(
            model => { },
            model =>
            {
                model.Entity("Order").HasOne("User").WithMany().HasForeignKey("UserId").OnDelete(DeleteBehavior.Cascade);
                model.Entity("Order").ToTable(table => table.HasCheckConstraint("CK_Total", "\"Total\" > 0"));
            },
            $"""
            ALTER TABLE "Orders" ADD CONSTRAINT "CK_Total" CHECK ("Total" > 0) NOT VALID;
            ALTER TABLE "Orders" ADD CONSTRAINT "FK_Orders_Users_UserId" {ToUser} ON DELETE CASCADE NOT VALID;
            -- outside a transaction
            CREATE INDEX CONCURRENTLY "IX_Orders_UserId" ON "Orders" ("UserId");
            -- outside a transaction
            ALTER TABLE "Orders" VALIDATE CONSTRAINT "CK_Total";
            -- outside a transaction
            ALTER TABLE "Orders" VALIDATE CONSTRAINT "FK_Orders_Users_UserId";
            """,
            """
            ALTER TABLE "Orders" DROP CONSTRAINT "FK_Orders_Users_UserId";
            ALTER TABLE "Orders" DROP CONSTRAINT "CK_Total";
            -- outside a transaction
            DROP INDEX CONCURRENTLY IF EXISTS "IX_Orders_UserId";
            """);
    }

    [TestMethod]
    public void A_column_becomes_required_by_a_check_that_is_validated()
    {
        Check(
            model => { },
            model => model.Entity("Order").Property<string>("Note").IsRequired(),
            """
            ALTER TABLE "Orders" ALTER COLUMN "Note" SET DEFAULT '';
            -- outside a transaction
            UPDATE "Orders" SET "Note" = '' WHERE "Note" IS NULL;
            ALTER TABLE "Orders" ADD CONSTRAINT "CK_Orders_Note_NotNull" CHECK ("Note" IS NOT NULL) NOT VALID;
            -- outside a transaction
            UPDATE "Orders" SET "Note" = '' WHERE "Note" IS NULL;
            -- outside a transaction
            ALTER TABLE "Orders" VALIDATE CONSTRAINT "CK_Orders_Note_NotNull";
            ALTER TABLE "Orders" ALTER COLUMN "Note" SET NOT NULL;
            ALTER TABLE "Orders" DROP CONSTRAINT "CK_Orders_Note_NotNull";
            """,
            """
            ALTER TABLE "Orders" ALTER COLUMN "Note" DROP NOT NULL;
            """);
    }

    [TestMethod]
    public void The_index_of_a_unique_constraint_is_built_before()
    {
        Check(
            model => { },
            model => model.Entity("User").HasAlternateKey("Code"),
            """
            -- outside a transaction
            CREATE UNIQUE INDEX CONCURRENTLY "AK_Users_Code" ON "Users" ("Code");
            ALTER TABLE "Users" ADD CONSTRAINT "AK_Users_Code" UNIQUE USING INDEX "AK_Users_Code";
            """,
            """
            ALTER TABLE "Users" DROP CONSTRAINT "AK_Users_Code";
            """);
    }

    [TestMethod]
    public void Constraints_of_a_renamed_table_are_renamed()
    {
        static void Orders(ModelBuilder model) => model.Entity("Order").HasOne("User").WithMany().HasForeignKey("UserId");
        Check(
            Orders,
            model =>
            {
                Orders(model);
                model.Entity("User").ToTable("People").Property<int>("Id").HasColumnName("PersonId");
            },
            """
            ALTER TABLE "Users" RENAME TO "People";
            ALTER TABLE "People" RENAME COLUMN "Id" TO "PersonId";
            ALTER TABLE "People" RENAME CONSTRAINT "PK_Users" TO "PK_People";
            ALTER TABLE "Orders" RENAME CONSTRAINT "FK_Orders_Users_UserId" TO "FK_Orders_People_UserId";
            """,
            """
            ALTER TABLE "People" RENAME TO "Users";
            ALTER TABLE "Users" RENAME COLUMN "PersonId" TO "Id";
            ALTER TABLE "Users" RENAME CONSTRAINT "PK_People" TO "PK_Users";
            ALTER TABLE "Orders" RENAME CONSTRAINT "FK_Orders_People_UserId" TO "FK_Orders_Users_UserId";
            """);
    }

    [TestMethod]
    public void A_constraint_that_changes_is_added_again()
    {
        static void Orders(ModelBuilder model, DeleteBehavior behavior) =>
            model.Entity("Order").HasOne("User").WithMany().HasForeignKey("UserId").OnDelete(behavior);
        Check(
            model => Orders(model, DeleteBehavior.Cascade),
            model => Orders(model, DeleteBehavior.Restrict),
            $"""
            ALTER TABLE "Orders" DROP CONSTRAINT "FK_Orders_Users_UserId";
            ALTER TABLE "Orders" ADD CONSTRAINT "FK_Orders_Users_UserId" {ToUser} ON DELETE RESTRICT NOT VALID;
            -- outside a transaction
            ALTER TABLE "Orders" VALIDATE CONSTRAINT "FK_Orders_Users_UserId";
            """,
            $"""
            ALTER TABLE "Orders" DROP CONSTRAINT "FK_Orders_Users_UserId";
            ALTER TABLE "Orders" ADD CONSTRAINT "FK_Orders_Users_UserId" {ToUser} ON DELETE CASCADE NOT VALID;
            -- outside a transaction
            ALTER TABLE "Orders" VALIDATE CONSTRAINT "FK_Orders_Users_UserId";
            """);
    }

    [TestMethod]
    public void New_tables_and_other_changes_stay_as_they_are()
    {
        Check(
            model => { },
            model =>
            {
                model.Entity("Visit", visit =>
                {
                    visit.ToTable("Visits");
                    visit.Property<int>("Id");
                    visit.Property<int>("UserId");
                    visit.HasIndex("UserId");
                    visit.HasOne("User").WithMany().HasForeignKey("UserId");
                });
                model.Entity("User").Property<string>("Nick");
            },
            """
            ALTER TABLE "Users" ADD "Nick" text;
            CREATE TABLE "Visits" (
                "Id" integer GENERATED BY DEFAULT AS IDENTITY,
                "UserId" integer NOT NULL,
                CONSTRAINT "PK_Visits" PRIMARY KEY ("Id"),
                CONSTRAINT "FK_Visits_Users_UserId" FOREIGN KEY ("UserId") REFERENCES "Users" ("Id") ON DELETE CASCADE
            );
            CREATE INDEX "IX_Visits_UserId" ON "Visits" ("UserId");
            """,
            """
            DROP TABLE "Visits";
            ALTER TABLE "Users" DROP COLUMN "Nick";
            """);
    }

    [TestMethod]
    public void What_rewrites_a_table_stays_below_a_comment()
    {
        using var before = Model(_ => { });
        using var after = Model(model =>
        {
            model.Entity("Order").Property<long>("Total");
            model.Entity("Order").Property<Guid>("Token").HasDefaultValueSql("gen_random_uuid()");
        });
        var statements = new DraftStatements(areForCode: true);
        var operations = Differ(after, statements).GetDifferences(before.RelationalModel, after.RelationalModel);

        var code = statements.WriteInto(string.Concat(operations.Select(operation =>
            operation is SqlOperation sql ? $"    migrationBuilder.Sql(\"{sql.Sql}\");\n" : $"    {operation.GetType().Name}\n")));

        Assert.MatchesRegex(
            @"\A(    // Rewrites Orders under a lock [^\n]+\n    // If the table is large: [^\n]+\n    // [^\n]+\n"
            + @"    (AlterColumnOperation|AddColumnOperation)\n){2}\z",
            code);
        Assert.IsEmpty(Acceptance.InComments(code), "The comment accepts nothing.");
    }

    [TestMethod]
    public void Code_without_a_placeholder_is_not_written()
    {
        var statements = new DraftStatements(areForCode: true);
        statements.Outside("VACUUM \"a\";");

        Assert.AreEqual(
            "x.Sql(@\"VACUUM \"\"a\"\";\", suppressTransaction: true);", statements.WriteInto("x.Sql(\"__statement_0__\");"));
        Assert.ThrowsExactly<InvalidOperationException>(() => statements.WriteInto("x.Sql(sql: \"__statement_0__\");"));
    }

    /// <summary>Compares the SQL of both directions, and asserts that the lint knows nothing better.</summary>
    private static void Check(Action<ModelBuilder> before, Action<ModelBuilder> after, string up, string down)
    {
        using var old = Model(before);
        using var @new = Model(after);
        var differ = Differ(@new, new DraftStatements(areForCode: false));

        var (ups, downs) = (Sql(differ, old, @new), Sql(differ, @new, old));

        Assert.AreEqual(up, ups);
        Assert.AreEqual(down, downs);
        var facts = new SchemaWriter(@new).Write(old.RelationalModel.Model, @new.RelationalModel.Model, ups);
        var codes = Linter.Lint(new LintInput(ups, SqlDialect.PostgreSql) { Before = facts.Before, After = facts.After })
            .Select(finding => finding.Code.Id);
        Assert.IsEmpty(codes.Intersect(["MIG2204", "MIG2303", "MIG2304", "MIG2305", "MIG2307", "MIG2501"]));
    }

    private static string Sql(OnlineDiffer differ, ModelContext before, ModelContext after)
    {
        var operations = differ.GetDifferences(before.RelationalModel, after.RelationalModel);
        var commands = after.GetService<IMigrationsSqlGenerator>().Generate(
            operations, after.RelationalModel.Model, MigrationsSqlGenerationOptions.Script);
        var body = SqlBody.Write(
            commands.Select(command => new SqlCommandText(command.CommandText, command.TransactionSuppressed)), SqlDialect.PostgreSql, "");
        return string.Join("\n", body.Split('\n').Where(line => line.Trim().Length > 0));
    }

    private static OnlineDiffer Differ(ModelContext context, DraftStatements statements) => new(
        context.GetService<IMigrationsModelDiffer>(),
        new OnlineOperations(context.GetService<IMigrationsSqlGenerator>(), context.GetService<ISqlGenerationHelper>(), statements));

    private static ModelContext Model(Action<ModelBuilder> change) => new(Provider.PostgreSql, model =>
    {
        model.Entity("User", user =>
        {
            user.ToTable("Users");
            user.Property<int>("Id");
            user.Property<string>("Code").HasMaxLength(20).IsRequired();
        });
        model.Entity("Order", order =>
        {
            order.ToTable("Orders");
            order.Property<int>("Id");
            order.Property<int>("UserId");
            order.Property<int>("Total");
            order.Property<string>("Note");
        });
        change(model);
    });
}
