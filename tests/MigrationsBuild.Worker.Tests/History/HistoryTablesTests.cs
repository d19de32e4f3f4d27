using Microsoft.EntityFrameworkCore.Storage;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Worker.Tests.History;

/// <summary>The cache of history tables.</summary>
[TestClass]
public class HistoryTablesTests
{
    [TestMethod]
    public void A_replaced_service_may_change_the_table()
    {
        using var folder = new TestFolder();
        var tables = new HistoryTables(folder["history"]);
        using var context = new ModelContext(Provider.PostgreSql, _ => { });
        var replacing = new Provider(options =>
        {
            Provider.PostgreSql.Configure(options);
            options.ReplaceService<ISqlGenerationHelper, UpperCase>();
        });
        using var other = new ModelContext(replacing, _ => { });

        Assert.Contains("\"MigrationId\"", tables.Of(context).CreateScript);
        Assert.Contains("\"MIGRATIONID\"", tables.Of(other).CreateScript);
    }

    private sealed class UpperCase(RelationalSqlGenerationHelperDependencies dependencies) : RelationalSqlGenerationHelper(dependencies)
    {
        public override string DelimitIdentifier(string identifier) => base.DelimitIdentifier(identifier.ToUpperInvariant());

        public override void DelimitIdentifier(System.Text.StringBuilder builder, string identifier) =>
            base.DelimitIdentifier(builder, identifier.ToUpperInvariant());
    }
}
