using Microsoft.EntityFrameworkCore;
using Shop.Models;

namespace Shop.Data;

public class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public const string Catalog = "catalog";
    public const string Sales = "sales";
    public const string OrderNumbers = "order_numbers";

    public DbSet<Category> Categories => Set<Category>();

    public DbSet<Product> Products => Set<Product>();

    public DbSet<Supplier> Suppliers => Set<Supplier>();

    public DbSet<Tag> Tags => Set<Tag>();

    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Payment> Payments => Set<Payment>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.HasDefaultSchema(Catalog);
        model.HasSequence<long>(OrderNumbers, Sales).StartsAt(1000);
        model.ApplyConfigurationsFromAssembly(typeof(ShopContext).Assembly);
    }
}
