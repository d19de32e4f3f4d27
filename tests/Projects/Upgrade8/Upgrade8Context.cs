using Microsoft.EntityFrameworkCore;
using Upgrade8.Models;

namespace Upgrade8;

public class Upgrade8Context : DbContext
{
    public DbSet<Invoice> Invoices => Set<Invoice>();

    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(
        Environment.GetEnvironmentVariable("UPGRADE8_CONNECTION") ?? "Data Source=upgrade8.db");

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Invoice>(invoice =>
        {
            invoice.Property(i => i.Customer).HasMaxLength(200);
            invoice.ComplexProperty(i => i.Total, total =>
            {
                total.Property(t => t.Amount).HasPrecision(12, 2);
                total.Property(t => t.Currency).HasMaxLength(3);
            });
        });
    }
}
