using MigrationsBuild.Sql;

namespace MigrationsBuild.Core.Tests.Sql;

[TestClass]
public class PostgreSqlCastsTests
{
    [TestMethod]
    [DataRow("integer", "bigint", true)]
    [DataRow("numeric(10,2)", "integer", true)]
    [DataRow("character varying(50)", "text", true)]
    [DataRow("uuid", "character varying(36)", true)]
    [DataRow("timestamp(3) with time zone", "date", true)]
    [DataRow("varchar(50)[]", "text[]", true)]
    [DataRow("integer[]", "bigint[]", true)]
    [DataRow("mood", "text", true)]
    [DataRow("text", "integer", false)]
    [DataRow("boolean", "integer", false)]
    [DataRow("integer", "boolean", false)]
    [DataRow("text", "uuid", false)]
    [DataRow("character varying(20)", "timestamp with time zone", false)]
    [DataRow("text", "jsonb", false)]
    [DataRow("text", "text[]", false)]
    [DataRow("integer", "interval", false)]
    [DataRow("text", "mood", null)]
    [DataRow("geometry(Point,4326)", "jsonb", null)]
    public void A_type_changes_by_itself_where_PostgreSQL_has_a_cast(string from, string to, bool? can) =>
        Assert.AreEqual(can, PostgreSqlCasts.CanChange(from, to));

    [TestMethod]
    [DataRow("ALTER TYPE mood ADD VALUE 'it''s' BEFORE 'sad';\nALTER TABLE t ALTER COLUMN m SET DEFAULT 'it''s';\n", "'it''s'")]
    [DataRow(
        "ALTER TYPE app.mood ADD VALUE IF NOT EXISTS 'glad';\n\nINSERT INTO t (m) VALUES ('glad');\nUPDATE t SET m = 'glad';\n", "'glad'")]
    [DataRow("alter type app.\"the mood\" /* of it */ add value 'glad';\nUPDATE t SET m = 'glad';\n", "'glad'")]
    [DataRow("ALTER TYPE mood ADD VALUE 'glad';\nALTER TYPE mood ADD VALUE 'mad' AFTER 'glad';\n", "")]
    [DataRow("CREATE TYPE mood AS ENUM ('glad');\nINSERT INTO t (m) VALUES ('glad');\n", "")]
    [DataRow("-- outside a transaction\nALTER TYPE mood ADD VALUE 'glad';\nINSERT INTO t (m) VALUES ('glad');\n", "")]
    public void A_label_that_is_used_where_it_is_added_is_found(string sql, string labels) =>
        Assert.AreEqual(labels, string.Join(" ", NewEnumLabels.UsedAtOnce(sql)));
}
