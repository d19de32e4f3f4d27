using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Models;

namespace Shop.Data;

public class OrderLineConfiguration : IEntityTypeConfiguration<OrderLine>
{
    public void Configure(EntityTypeBuilder<OrderLine> line)
    {
        line.ToTable("OrderLines", ShopContext.Sales, table => table.HasCheckConstraint("CK_OrderLines_Quantity", "\"Quantity\" > 0"));
        line.Property(l => l.Total).HasComputedColumnSql("\"Quantity\" * \"UnitPrice\"", stored: true);
        line.HasOne(l => l.Product).WithMany().OnDelete(DeleteBehavior.Restrict);
    }
}
