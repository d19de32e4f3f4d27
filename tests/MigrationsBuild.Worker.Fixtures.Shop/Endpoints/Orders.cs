using Microsoft.EntityFrameworkCore;
using Shop.Data;
using Shop.Services;

namespace Shop.Endpoints;

internal static class Orders
{
    private static readonly string[] _reasons = ["changed my mind", "too late", "other"];

    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/orders");
        group.MapGet("/{number}", async (string number, ShopContext context) =>
        {
            var order = await context.FindOrder(number);
            if (order is null)
                return Results.NotFound();
            return Results.Ok(new { order.Number, Total = order.Total(), Lines = order.Lines.Count() });
        });
        group.MapPost("/", async (OrderRequest request, OrderService service, CancellationToken cancellation) =>
        {
            if (request.Lines.Count == 0)
                return Results.BadRequest("no lines");
            var order = await service.Place(request.CustomerId, request.Lines, cancellation);
            return Results.Created("/orders/" + order.Number, order.Number);
        });
        group.MapDelete("/{number}", async (string number, int? reason, OrderService service, CancellationToken cancellation) =>
            await service.Cancel(number, _reasons[reason ?? 2], cancellation) ? Results.NoContent() : Results.NotFound());
        group.MapGet("/open", (ShopContext context, CancellationToken cancellation) => context.CountOpenOrders(cancellation));
        group.MapGet("/top", async (ShopContext context, int count = 10) => await context.Orders
            .GroupBy(order => order.CustomerId)
            .Select(orders => new { Customer = orders.Key, Count = orders.Count() })
            .OrderByDescending(row => row.Count)
            .Take(count)
            .ToListAsync());
    }

    private sealed record OrderRequest(int CustomerId, List<OrderRequestLine> Lines);
}
