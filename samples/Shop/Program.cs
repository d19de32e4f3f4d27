using Microsoft.EntityFrameworkCore;
using Shop.Data;
using Shop.Models;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDbContext<ShopContext>(options => options.UseNpgsql(
    builder.Configuration.GetConnectionString("Shop"),
    npgsql => npgsql.MapEnum<OrderStatus>("order_status", ShopContext.Sales)));

var app = builder.Build();

app.MapGet("/categories", (ShopContext shop) => shop.Categories
    .OrderBy(category => category.Id)
    .Select(category => new { category.Id, category.Name, category.ParentId }));

app.MapGet("/products", (ShopContext shop) => shop.Products
    .Where(product => product.DiscontinuedAt == null)
    .OrderBy(product => product.Name)
    .Select(product => new { product.Sku, product.Name, product.Summary, product.Price, Category = product.Category.Name }));

app.MapPost("/products", async (NewProduct request, ShopContext shop) =>
{
    shop.Products.Add(new Product { Sku = request.Sku, Name = request.Name, Price = request.Price, CategoryId = request.CategoryId });
    await shop.SaveChangesAsync();
    return Results.Created();
});

app.MapPost("/orders", async (NewOrder request, ShopContext shop) =>
{
    if (request.Quantity < 1)
        return Results.BadRequest();
    var product = await shop.Products.SingleOrDefaultAsync(p => p.Sku == request.Sku);
    if (product is null)
        return Results.NotFound();
    var customer = await shop.Customers.SingleOrDefaultAsync(c => c.Email == request.Email)
        ?? new Customer { Email = request.Email, FullName = request.FullName, Address = request.ShipTo.Copy() };
    var order = new Order { Customer = customer, ShipTo = request.ShipTo, PlacedAt = DateTimeOffset.UtcNow };
    order.Lines.Add(new OrderLine { Product = product, Quantity = request.Quantity, UnitPrice = product.Price });
    shop.Orders.Add(order);
    await shop.SaveChangesAsync();
    return Results.Created($"/orders/{order.Number}", new { order.Number, Total = order.Lines.Sum(line => line.Total) });
});

app.MapGet("/orders/{number}", async (long number, ShopContext shop) => await shop.Orders
    .Where(order => order.Number == number)
    .Select(order => new { order.Number, Status = order.Status.ToString(), order.PlacedAt, order.Customer.FullName, Total = order.Lines.Sum(line => line.Total) })
    .SingleOrDefaultAsync() is { } found ? Results.Ok(found) : Results.NotFound());

app.Run();

public record NewProduct(string Sku, string Name, decimal Price, int CategoryId);

public record NewOrder(string Email, string FullName, Address ShipTo, string Sku, int Quantity);
