using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using MigrationsBuild.Worker.Fixtures.ContextShapes.Sales;

namespace Storage;

[DbContext(typeof(ShopContext))]
public class ShopContextModelSnapshot : ModelSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder) => modelBuilder
        .HasAnnotation("ProductVersion", ProductInfo.GetVersion())
        .Entity("Sales.Order", orders =>
        {
            orders.Property<int>("Id").ValueGeneratedOnAdd().HasColumnType("INTEGER");
            orders.HasKey("Id");
            orders.ToTable("All");
        });
}
