using Microsoft.EntityFrameworkCore;
using Shop.Data;
using Shop.Domain.Models;

namespace Shop.Services;

public interface ICatalog
{
    Task<IReadOnlyList<Product>> Search(string text, int page);

    Task<Product?> Find(string sku);
}

public sealed class Catalog(ShopContext context, IRepository<Product> products) : ICatalog
{
    private const int PageSize = 25;

    public async Task<IReadOnlyList<Product>> Search(string text, int page)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];
        var pattern = $"%{text.Replace("%", "\\%")}%";
        return await context.Products.Where(product => EF.Functions.Like(product.Name, pattern))
            .OrderBy(product => product.Name)
            .Skip(page * PageSize)
            .Take(PageSize)
            .ToListAsync();
    }

    public async Task<Product?> Find(string sku) => Skus.IsValid(sku) ? await products.First(product => product.Sku == sku) : null;

    internal static string Slug(Product product)
    {
        var words = product.Name.Split(' ');
        for (var i = 0; i < words.Length; i++)
            words[i] = words[i].Trim('.', ',').ToUpperInvariant();
        return string.Join('-', words);
    }
}

public interface IRepository<T>
    where T : class
{
    Task<T?> First(System.Linq.Expressions.Expression<Func<T, bool>> condition);

    void Add(T row);
}

public class Repository<T>(ShopContext context) : IRepository<T>
    where T : class
{
    public virtual Task<T?> First(System.Linq.Expressions.Expression<Func<T, bool>> condition) =>
        context.Set<T>().FirstOrDefaultAsync(condition);

    public virtual void Add(T row)
    {
        if (row is ISoftDeleted { IsDeleted: true })
            throw new ArgumentException("It is deleted.", nameof(row));
        context.Add(row);
    }
}

public sealed class ExchangeRates(HttpClient client)
{
    private readonly Dictionary<string, decimal> _known = new() { ["CHF"] = 1m, ["EUR"] = 0.95m };

    public async Task<decimal> Rate(string currency)
    {
        if (_known.TryGetValue(currency, out var rate))
            return rate;
        var text = await client.GetStringAsync("latest?currency=" + currency);
        return _known[currency] = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }
}
