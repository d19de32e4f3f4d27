using MigrationsBuild.Sql;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Database.Tests;

/// <summary>Names and texts that mean something to a careless reader.</summary>
[TestClass]
public class HostileNameTests
{
    private const string Id = "20260101000000_A";

    [TestMethod]
    [DataRow("a\"b")]
    [DataRow("a'b")]
    [DataRow("a;b")]
    [DataRow("a--b")]
    [DataRow("a/*b")]
    [DataRow("a\nb")]
    [DataRow("a\tb\\n")]
    [DataRow("$$")]
    [DataRow("\\i other")]
    [DataRow("{0} %s")]
    [DataRow("😀😀")]
    [DataRow("\"; DROP TABLE keep; --")]
    [DataRow("'); DROP TABLE keep; --")]
    [DataRow("sixty_three_bytes_of_a_name_are_what_PostgreSQL_allows_not_one_")]
    public void They_are_names_and_nothing_else(string name)
    {
        Assert.IsLessThanOrEqualTo(63, System.Text.Encoding.UTF8.GetByteCount(name));
        var (quoted, literal) = (SqlText.Quote(name), SqlText.Literal(name));
        using var set = new MigrationSet(SqlDialect.PostgreSql) { HistorySchema = name }
            .Add(
                Id,
                $"CREATE TABLE {quoted} ({quoted} text DEFAULT {literal});\nCOMMENT ON TABLE {quoted} IS {literal};\n"
                + $"COMMENT ON COLUMN {quoted}.{quoted} IS {literal};\n"
                + $"CREATE TYPE {SqlText.Quote(Short(name) + "_e")} AS ENUM ({literal});\nINSERT INTO {quoted} DEFAULT VALUES;\n",
                $"DROP TABLE {quoted};\nDROP TYPE {SqlText.Quote(Short(name) + "_e")};\n")
            .Add(
                "20260102000000_B",
                $"-- outside a transaction\nCREATE INDEX CONCURRENTLY {SqlText.Quote(Short(name) + "_i")} ON {quoted} ({quoted});\n",
                $"-- outside a transaction\nDROP INDEX CONCURRENTLY {SqlText.Quote(Short(name) + "_i")};\n");
        set.Execute("CREATE TABLE keep (id integer)");

        set.Run("migrate").Succeeds();

        CollectionAssert.AreEqual(new[] { name }, set.Query($"SELECT {quoted} FROM {quoted}").ToArray());
        CollectionAssert.AreEqual(new[] { name }, set.Query($"SELECT obj_description({SqlText.Literal(quoted)}::regclass)").ToArray());
        CollectionAssert.AreEqual(new[] { name }, set.Query("SELECT enumlabel::text FROM pg_enum").ToArray());
        Assert.HasCount(2, set.History);
        set.Run("current").Succeeds();
        set.Run("rollback", request => request with { To = "base", AcceptLoss = quoted }).Succeeds();
        CollectionAssert.AreEqual(new[] { "keep" }, set.Tables.ToArray());
        Assert.IsEmpty(set.History);
    }

    [TestMethod]
    [DataRow("quote\"in name")]
    [DataRow("semi;colon -- 😀")]
    public void A_database_may_be_called_anything(string name)
    {
        using var set = new MigrationSet(SqlDialect.PostgreSql).AddTable(Id);
        var connection = new Npgsql.NpgsqlConnectionStringBuilder(set.ConnectionString) { Database = name }.ConnectionString;

        set.Run("migrate", connection: connection).Succeeds();
        set.Run("reset", connection: connection).Succeeds();

        Assert.HasCount(1, PostgreSqlServer.Shared.Query(name, "SELECT 1 FROM \"A\" RIGHT JOIN \"__EFMigrationsHistory\" ON true"));
        PostgreSqlServer.Shared.Execute("postgres", $"DROP DATABASE {SqlText.Quote(name)}");
    }

    /// <summary>As much of a name as leaves room for two more bytes.</summary>
    private static string Short(string name) => name.Length > 60 ? name[..60] : name;
}
