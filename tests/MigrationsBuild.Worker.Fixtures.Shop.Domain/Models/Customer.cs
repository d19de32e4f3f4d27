using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Shop.Domain.Models;

public interface IAudited
{
    DateTime CreatedAt { get; }

    string? CreatedBy { get; }
}

public abstract class Entity
{
    public int Id { get; set; }

    public override bool Equals(object? obj) => obj is Entity other && other.Id == Id && other.GetType() == GetType();

    public override int GetHashCode() => HashCode.Combine(GetType(), Id);
}

[Table("Clients")]
public class Customer : Entity, IAudited
{
    private readonly List<Order> _orders = [];

    [MaxLength(Limits.Name)]
    public required string Name { get; set; }

    [MaxLength(Limits.Email), EmailAddress]
    public string? Email { get; set; }

    public Address Address { get; set; } = new("", "", Countries.Default);

    public CustomerTier Tier { get; set; } = CustomerTier.Standard;

    public DateTime CreatedAt { get; set; }

    public string? CreatedBy { get; set; }

    public IReadOnlyList<Order> Orders => _orders;

    public Order PlaceOrder(DateTime at, params OrderLine[] lines)
    {
        if (lines.Length == 0)
            throw new ArgumentException("An order needs a line.", nameof(lines));
        var order = new Order { PlacedAt = at, Number = NextNumber(at) };
        foreach (var line in lines)
            order.Add(line);
        _orders.Add(order);
        if (_orders.Count > 10 && Tier == CustomerTier.Standard)
            Tier = CustomerTier.Gold;
        return order;
    }

    public decimal Revenue()
    {
        var sum = 0m;
        foreach (var order in _orders)
        {
            if (order.State != OrderState.Cancelled)
                sum += order.Total();
        }

        return sum;
    }

    private string NextNumber(DateTime at) => $"{at:yyyyMMdd}-{Id}-{_orders.Count + 1}";
}

public enum CustomerTier
{
    Standard,
    Gold,
    Platinum = 10,
}

public record Address(string Street, string City, string Country)
{
    public string OneLine() => $"{Street}, {City} ({Country})";
}

public static class Limits
{
    public const int Name = 80;

    public const int Email = 200;

    public static readonly int[] Ratings = [1, 2, 3, 4, 5];
}

public static class Countries
{
    public const string Default = "CH";

    private static readonly Dictionary<string, string> _names = new() { ["CH"] = "Switzerland", ["AT"] = "Austria", ["DE"] = "Germany" };

    public static IReadOnlyCollection<string> Codes => _names.Keys;

    public static string NameOf(string code) => _names.TryGetValue(code, out var name) ? name : code;
}
