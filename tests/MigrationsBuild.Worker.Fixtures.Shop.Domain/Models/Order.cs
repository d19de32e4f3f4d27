using System.ComponentModel.DataAnnotations;

namespace Shop.Domain.Models;

public class Order : Entity, IAudited
{
    private readonly List<OrderLine> _lines = [];

    [Required]
    public string Number { get; set; } = "";

    public DateTime PlacedAt { get; set; }

    public OrderState State { get; private set; }

    public int CustomerId { get; set; }

    public Customer? Customer { get; set; }

    public Money Shipping { get; set; } = Money.Zero;

    public DateTime CreatedAt { get; set; }

    public string? CreatedBy { get; set; }

    public IEnumerable<OrderLine> Lines => _lines;

    public void Add(OrderLine line)
    {
        var existing = _lines.Find(other => other.ProductId == line.ProductId);
        if (existing is null)
            _lines.Add(line);
        else
            existing.Quantity += line.Quantity;
    }

    public decimal Total()
    {
        decimal total = 0;
        foreach (var line in _lines)
            total += line.Quantity * line.UnitPrice;
        return total + Shipping.Amount;
    }

    public void Cancel(string reason)
    {
        if (State == OrderState.Shipped)
            throw new InvalidOperationException("Shipped orders can't be cancelled: " + reason);
        State = OrderState.Cancelled;
    }

    public void Ship()
    {
        State = State switch
        {
            OrderState.Paid => OrderState.Shipped,
            OrderState.Cancelled => throw new InvalidOperationException("cancelled"),
            _ => throw new InvalidOperationException("not paid"),
        };
    }
}

public class OrderLine : Entity
{
    public int OrderId { get; set; }

    public int ProductId { get; set; }

    public Product? Product { get; set; }

    public int Quantity { get; set; } = 1;

    public decimal UnitPrice { get; set; }
}

public enum OrderState
{
    New,
    Paid,
    Shipped,
    Cancelled,
}

public readonly record struct Money(decimal Amount, string Currency)
{
    public static Money Zero => new(0, "CHF");

    public static Money Parse(string text)
    {
        var parts = text.Split(' ');
        return new Money(decimal.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), parts[1]);
    }

    public override string ToString() => $"{Amount.ToString(System.Globalization.CultureInfo.InvariantCulture)} {Currency}";
}
