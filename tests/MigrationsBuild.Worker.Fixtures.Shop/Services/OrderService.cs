using Microsoft.EntityFrameworkCore;
using Shop.Data;
using Shop.Domain.Models;
using Shop.Domain.Pricing;

namespace Shop.Services;

public sealed class OrderService(ShopContext context, PriceList prices, IMailer mailer, ILogger<OrderService> logger)
{
    private readonly Dictionary<string, int> _attempts = [];

    public async Task<Order> Place(int customerId, IReadOnlyList<OrderRequestLine> lines, CancellationToken cancellation)
    {
        var customer = await context.Customers.SingleAsync(candidate => candidate.Id == customerId, cancellation);
        var order = customer.PlaceOrder(DateTime.UtcNow, [.. lines.Select(ToLine)]);
        await context.SaveChangesAsync(cancellation);
        await mailer.Send(customer.Email ?? "nobody@example.com", "Your order " + order.Number, Body(order));
        logger.LogInformation("Order {Number} costs {Price}", order.Number, prices.PriceOf(order));
        return order;
    }

    public async Task<bool> Cancel(string number, string reason, CancellationToken cancellation)
    {
        var order = await context.FindOrder(number);
        if (order is null)
            return false;
        _attempts[number] = _attempts.GetValueOrDefault(number) + 1;
        order.Cancel(reason);
        await context.SaveChangesAsync(cancellation);
        return true;
    }

    public async IAsyncEnumerable<string> Overdue(int days)
    {
        var limit = DateTime.UtcNow.AddDays(-days);
        var overdue = context.Orders.Where(order => order.PlacedAt < limit && order.State == OrderState.New);
        await foreach (var order in overdue.AsAsyncEnumerable())
            yield return order.Number;
    }

    private string Body(Order order)
    {
        var lines = prices.Explain(order).ToList();
        lines.Insert(0, $"Dear {order.Customer?.Name ?? "customer"},");
        lines.Add("Total: " + prices.PriceOf(order));
        return string.Join('\n', lines);
    }

    private static OrderLine ToLine(OrderRequestLine line) => new() { ProductId = line.ProductId, Quantity = line.Quantity };
}

public sealed record OrderRequestLine(int ProductId, int Quantity);

public interface IMailer
{
    Task Send(string to, string subject, string body);
}

public sealed class SmtpMailer(IConfiguration configuration) : IMailer
{
    private readonly string _host = configuration["Smtp:Host"] ?? "localhost";

    public async Task Send(string to, string subject, string body)
    {
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            try
            {
                await Deliver(to, subject, body);
                return;
            }
            catch (IOException) when (attempt < 3)
            {
                await Task.Delay(attempt * 100);
            }
        }
    }

    private Task Deliver(string to, string subject, string body)
    {
        Console.WriteLine($"{_host}: {to} {subject} {body.Length}");
        return Task.CompletedTask;
    }
}
