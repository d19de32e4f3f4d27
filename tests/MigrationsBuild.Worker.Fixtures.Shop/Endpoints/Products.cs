using Shop.Domain.Models;
using Shop.Domain.Pricing;
using Shop.Services;

namespace Shop.Endpoints;

internal static class Products
{
    public static void MapProducts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products", async (string text, int? page, ICatalog catalog) =>
            (await catalog.Search(text, page ?? 0)).Select(product => new ProductView(product)));
        routes.MapGet("/products/{sku}", async (string sku, string? currency, ICatalog catalog, ExchangeRates rates) =>
        {
            if (await catalog.Find(sku) is not { } product)
                return Results.NotFound();
            var rate = await rates.Rate(currency ?? "CHF");
            return Results.Ok(new ProductView(product) { Price = product.Price * rate });
        });
        routes.MapGet("/products/{sku}/price", (string sku, string country) => Vat.Gross(sku.Length * 10, country));
    }
}

internal sealed class ProductView(Product product)
{
    public string Name { get; } = product.Name.Trim();

    public string Slug => Catalog.Slug(product);

    public decimal Price { get; set; } = product.Price;

    public string Stars
    {
        get
        {
            var stars = (int)Math.Round(product.Rating());
            return new string('*', stars) + new string('-', 5 - stars);
        }
    }
}
