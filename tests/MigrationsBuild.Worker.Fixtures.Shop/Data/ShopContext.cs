using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Domain.Models;
using Shop.Startup;

namespace Shop.Data;

public class ShopContext(DbContextOptions<ShopContext> options, IOptions<DatabaseOptions> settings, ITableNaming naming)
    : DbContext(options)
{
    private static readonly MethodInfo _filter =
        typeof(ShopContext).GetMethod(nameof(HideDeleted), BindingFlags.NonPublic | BindingFlags.Static)!;

    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Product> Products => Set<Product>();

    public DbSet<TaxRate> TaxRates => Set<TaxRate>();

    public Task<Order?> FindOrder(string number) =>
        Orders.Include(order => order.Lines).FirstOrDefaultAsync(order => order.Number == number);

    public async Task<int> CountOpenOrders(CancellationToken cancellation)
    {
        var open = await Orders.Where(order => order.State == OrderState.New).ToListAsync(cancellation);
        return open.Count;
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Money>().HaveConversion<MoneyConverter>().HaveMaxLength(40);
        configurationBuilder.Properties<string>().UseCollation(settings.Value.Collation);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ShopContext).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes().ToList())
        {
            if (typeof(ISoftDeleted).IsAssignableFrom(entity.ClrType))
                _filter.MakeGenericMethod(entity.ClrType).Invoke(null, [modelBuilder]);
            if (entity.ClrType.IsAssignableTo(typeof(IAudited)))
                modelBuilder.Entity(entity.ClrType).Property<string?>("CreatedBy").HasMaxLength(60).HasComment(AuditComment());
            if (!entity.IsOwned())
                entity.SetTableName(naming.TableOf(entity.ClrType.Name, entity.GetTableName() ?? entity.ClrType.Name));
        }

        modelBuilder.Entity<TaxRate>().HasData(TaxRateRows());
        modelBuilder.Entity<Category>().HasData(CategorySeeds.Read());
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var entry in ChangeTracker.Entries<Customer>())
        {
            if (entry.State == EntityState.Added)
                entry.Entity.CreatedAt = DateTime.UtcNow;
        }

        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    private static string AuditComment()
    {
        string Who(string role) => $"the {role} who created the row";
        return Who("user") + ".";
    }

    private static void HideDeleted<T>(ModelBuilder modelBuilder)
        where T : class, ISoftDeleted
    {
        Expression<Func<T, bool>> visible = row => !row.IsDeleted;
        modelBuilder.Entity<T>().HasQueryFilter(visible).HasIndex(row => row.IsDeleted).HasFilter("\"IsDeleted\" = 0");
    }

    private static IEnumerable<TaxRate> TaxRateRows()
    {
        var id = 0;
        foreach (var (country, kind, rate) in Domain.Pricing.Vat.Rates())
            yield return new TaxRate { Id = ++id, Country = country, Kind = kind, Percent = decimal.Round(rate, TaxRate.Digits) };
    }
}

public class TaxRate
{
    internal const int Digits = 1;

    public int Id { get; set; }

    public string Country { get; set; } = Countries.Default;

    public string Kind { get; set; } = "standard";

    public decimal Percent { get; set; }
}
