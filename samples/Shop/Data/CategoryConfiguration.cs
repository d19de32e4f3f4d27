using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Models;

namespace Shop.Data;

public class CategoryConfiguration : IEntityTypeConfiguration<Category>
{
    public void Configure(EntityTypeBuilder<Category> category) => category.HasData(
        new Category { Id = 1, Name = "Kitchen" },
        new Category { Id = 2, Name = "Garden" },
        new Category { Id = 3, Name = "Pans", ParentId = 1 });
}
