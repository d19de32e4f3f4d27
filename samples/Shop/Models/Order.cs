namespace Shop.Models;

public class Order
{
    public int Id { get; set; }

    /// <summary>The number that the customer sees; the database counts it.</summary>
    public long Number { get; private set; }

    public OrderStatus Status { get; set; }

    public DateTimeOffset PlacedAt { get; set; }

    public int CustomerId { get; set; }

    public Customer Customer { get; set; } = null!;

    public required Address ShipTo { get; set; }

    public List<OrderLine> Lines { get; } = [];

    public List<Payment> Payments { get; } = [];
}
