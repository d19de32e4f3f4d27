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
        "Write <table>.<column>:<new name>, for example Users.Name:FullName, or Users.Hash: for a column that was not renamed.";

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
    [DataRow("Users.Nobody:Name", "DbRename contains Users.Nobody:Name, but the draft does not drop Users.Nobody and add Users.Name.")]
    [DataRow("Users.Nobody:", "DbRename contains Users.Nobody:, but the draft neither renames nor drops Users.Nobody.")]
    [DataRow("Users", $"DbRename is Users. {Form}")]
    [DataRow("Name:FullName", $"DbRename is Name:FullName. {Form}")]
    public void An_answer_that_fits_nothing_is_refused(string answer, string message)
    {
        var failure = Assert.Throws<Exception>(() => Sql(user => Texts(user, "Name"), user => Texts(user, "FullName"), answer));

        Assert.AreEqual(message, failure.Message);
    }

    private static string Sql(Action<EntityTypeBuilder> before, Action<EntityTypeBuilder> after, string renames)
    {
        using var old = new ModelContext(Provider.PostgreSql, model => User(model, before));
        using var @new = new ModelContext(Provider.PostgreSql, model => User(model, after));
        var differ = new RenamingDiffer(@new.GetService<IMigrationsModelDiffer>(), ColumnRename.ParseAll(renames));
        Assert.IsEmpty(differ.GetDifferences(old.RelationalModel, old.RelationalModel), "Other comparisons stay as they are.");
        var operations = differ.GetDifferences(old.RelationalModel, @new.RelationalModel);
        differ.RequireApplied();
        var commands = @new.GetService<IMigrationsSqlGenerator>().Generate(operations, @new.RelationalModel.Model);
        return string.Concat(commands.Select(command => command.CommandText)).Trim();
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
}
