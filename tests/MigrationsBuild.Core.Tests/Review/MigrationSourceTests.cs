using MigrationsBuild.Review;

namespace MigrationsBuild.Core.Tests.Review;

[TestClass]
public class MigrationSourceTests
{
    [TestMethod]
    [DataRow("[DbContext(typeof(TenantContext))]", true)]
    [DataRow("[DbContext(typeof(Shop.TenantContext<Order>))]", true)]
    [DataRow("<DbContext(GetType(TenantContext(Of Order)))>", true)]
    [DataRow("[<DbContext(typeof<Shop.TenantContext>)>]", true)]
    [DataRow("[DbContext(typeof(TenantContexts))]", false)]
    [DataRow("[DbContext(typeof(Other<TenantContext>))]", false)]
    public void A_migration_belongs_to_the_context_of_its_attribute(string text, bool belongs) =>
        Assert.AreEqual(belongs, MigrationSource.BelongsTo(text, "TenantContext"));
}
