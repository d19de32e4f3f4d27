using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Models;

namespace Shop.Data;

public class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> order)
    {
        order.ToTable("Orders", ShopContext.Sales);
        order.OwnsOne(o => o.ShipTo);
        order.Property(o => o.Number).HasDefaultValueSql($"nextval('{ShopContext.Sales}.{ShopContext.OrderNumbers}')");
        order.HasIndex(o => o.Number).IsUnique();
        order.HasIndex(o => o.PlacedAt).IsCreatedConcurrently();
    }
}
