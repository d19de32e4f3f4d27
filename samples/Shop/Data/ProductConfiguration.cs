using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Models;

namespace Shop.Data;

public class ProductConfiguration : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> product)
    {
        product.ToTable(table => table.HasCheckConstraint("CK_Products_Price", "\"Price\" >= 0"));
        product.OwnsOne(p => p.Specification, specification => specification.ToJson());
        product.HasIndex(p => p.Name).HasFilter("\"DiscontinuedAt\" IS NULL");
        product.HasMany(p => p.Tags).WithMany(t => t.Products);
    }
}
