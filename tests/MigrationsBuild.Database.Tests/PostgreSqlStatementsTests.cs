using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Databases.PostgreSql;
using MigrationsBuild.Sql;

namespace MigrationsBuild.Database.Tests;

[TestClass]
public class PostgreSqlStatementsTests
{
    [TestMethod]
    [DataRow("VACUUM a", true)]
    [DataRow("VACUUM (ANALYZE, FULL false) a", true)]
    [DataRow("VACUUM FULL a", false)]
    [DataRow("VACUUM (FULL, ANALYZE) a", false)]
    [DataRow("VACUUM (full 1) a", false)]
    [DataRow("REINDEX TABLE CONCURRENTLY a", true)]
    [DataRow("REINDEX (CONCURRENTLY) TABLE a", true)]
    [DataRow("REINDEX (VERBOSE, CONCURRENTLY off) TABLE a", false)]
    [DataRow("REINDEX TABLE a", false)]
    [DataRow("CREATE UNIQUE INDEX CONCURRENTLY ON a (b)", true)]
    [DataRow("CREATE INDEX ix ON a (concurrently)", false)]
    [DataRow("DROP INDEX CONCURRENTLY ix", true)]
    [DataRow("REFRESH MATERIALIZED VIEW CONCURRENTLY a", true)]
    [DataRow("ALTER TABLE a DETACH PARTITION b CONCURRENTLY", true)]
    [DataRow("ALTER TABLE a DETACH PARTITION b", false)]
    public void Only_statements_that_make_no_session_wait_may_wait_for_long(string sql, bool blocksNone) => Assert.AreEqual(
        blocksNone,
        PostgreSqlStatements.BlocksNoSession(new SqlCommand(sql, SqlScript.Parse(sql, SqlDialect.PostgreSql).Single())));
}
