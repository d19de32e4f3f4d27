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
}
